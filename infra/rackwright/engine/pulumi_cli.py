"""Deploying with the Pulumi CLI through its Automation API: what anyone can type, with live progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from rackwright.diagnostics import MissingToolError, StepError
from rackwright.system import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pulumi.automation import EngineEvent, Stack

INSTALL = "https://www.pulumi.com/docs/install; `rackwright preview` and `rackwright rehearse` work without it"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Deployed:
    """How a deployment by the real engine ended: operations by kind, and the stack's outputs (secrets left out)."""

    operations: dict[str, int]
    outputs: dict[str, Any]


def is_installed() -> bool:
    """Return whether the Pulumi CLI is on PATH."""
    return processes.find("pulumi") is not None


def preview(root: Path, stack: str, told: Callable[[str], None]) -> Deployed:
    """Return what `pulumi preview --stack STACK` says it would do."""
    selected = _select(root, stack)
    done = _run(stack, lambda: selected.preview(on_event=_telling(told)))
    return Deployed(_counts(done.change_summary), {})


def up(root: Path, stack: str, told: Callable[[str], None]) -> Deployed:
    """Do `pulumi up --stack STACK`: the same backend, program and state."""
    selected = _select(root, stack)
    done = _run(stack, lambda: selected.up(on_event=_telling(told)))
    outputs = {name: output.value for name, output in done.outputs.items() if not output.secret}
    return Deployed(_counts(done.summary.resource_changes or {}), outputs)


def destroy(root: Path, stack: str, told: Callable[[str], None]) -> Deployed:
    """Do `pulumi destroy --stack STACK`; asks the state about protection first, because the engine asks last."""
    selected = _select(root, stack)
    protected = protected_in(selected.export_stack().deployment or {})
    if protected:
        raise StepError(
            f"{stack} protects {', '.join(protected)}; nothing was deleted",
            hint="change `deletion:` in the blueprint, compile, review and deploy that first",
        )
    done = _run(stack, lambda: selected.destroy(on_event=_telling(told)))
    return Deployed(_counts(done.summary.resource_changes or {}), {})


def protected_in(deployment: Mapping[str, Any]) -> list[str]:
    """Return the names of the protected resources of an exported stack."""
    resources = deployment.get("resources") or []
    return [str(one["urn"]).rpartition("::")[2] for one in resources if one.get("protect")]


def _counts(changes: Mapping[Any, int]) -> dict[str, int]:
    """Return operations by name; the API names them by text or by enum."""
    return {str(getattr(kind, "value", kind)): count for kind, count in changes.items()}


def _select(root: Path, stack: str) -> Stack:
    if not is_installed():
        raise MissingToolError("deploying needs the Pulumi CLI, which is not on PATH", hint=INSTALL)
    from pulumi import automation

    try:
        return automation.select_stack(stack, work_dir=str(root))
    except automation.StackNotFoundError as missing:
        raise StepError(f"there is no stack {stack} yet", hint=f"pulumi stack init {stack}") from missing
    except automation.CommandError as failed:
        raise _failure(stack, failed) from failed


def _run(stack: str, action: Callable[[], Result]) -> Result:
    from pulumi import automation

    try:
        return action()
    except automation.CommandError as failed:
        raise _failure(stack, failed) from failed


def _failure(stack: str, failed: Exception) -> StepError:
    lines = [line for line in str(failed).splitlines() if "error:" in line] or str(failed).strip().splitlines()[-5:]
    return StepError("\n".join(line.strip() for line in lines[:10]), hint=f"pulumi preview --stack {stack}")


def _telling(told: Callable[[str], None]) -> Callable[[EngineEvent], None]:
    """Return a listener that tells of every resource as it begins and as it is done."""

    def listen(event: EngineEvent) -> None:
        for kind, seen in (("", event.resource_pre_event), ("done ", event.res_outputs_event)):
            if seen is not None and seen.metadata.op != "same":
                operation = str(getattr(seen.metadata.op, "value", seen.metadata.op))
                told(f"{kind}{operation} {seen.metadata.urn.rpartition('::')[2]}")

    return listen
