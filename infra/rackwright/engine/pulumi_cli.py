"""Deploying with the Pulumi CLI through its Automation API: what anyone can type, with live progress."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from rackwright.diagnostics import MissingToolError, StepError
from rackwright.system import processes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pulumi.automation import EngineEvent, OutputValue, Stack
    from pulumi.automation.events import StepEventMetadata

INSTALL = "https://www.pulumi.com/docs/install; `rackwright preview` and `rackwright rehearse` work without it"
STACK = "pulumi:pulumi:Stack"
CHANGES = {"create", "update", "replace", "delete", "import"}
"""The operations that change something, a replacement counted once."""
COLOR = re.compile(r"<\{%[^%]*%\}>")
"""How the engine marks colors in what it says."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Change:
    """What the engine does, or would do, to one resource."""

    operation: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Deployed:
    """How a run of the real engine ended: its changes, the stack's outputs (secrets left out), what it warned of."""

    changes: tuple[Change, ...]
    outputs: dict[str, Any]
    warnings: tuple[str, ...]

    @property
    def operations(self) -> dict[str, int]:
        """Return operation -> how many resources it changes."""
        return dict(sorted(Counter(one.operation for one in self.changes).items()))


def is_installed() -> bool:
    """Return whether the Pulumi CLI is on PATH."""
    return processes.find("pulumi") is not None


def preview(root: Path, stack: str, told: Callable[[str], None], before: str = "") -> Deployed:
    """Return what `pulumi preview --stack STACK` says it would do; `before` is the name that the stack had."""
    selected, heard = _select(root, stack, before), _Heard(told)
    _run(heard, stack, lambda: selected.preview(on_event=heard))
    return Deployed(tuple(heard.begun), {}, tuple(heard.warnings))


def up(root: Path, stack: str, told: Callable[[str], None], before: str = "") -> Deployed:
    """Do `pulumi up --stack STACK`: the same backend, program and state; `before` is the name that the stack had."""
    selected, heard = _select(root, stack, before), _Heard(told)
    done = _run(heard, stack, lambda: selected.up(on_event=heard))
    return Deployed(tuple(heard.done), _public(done.outputs), tuple(heard.warnings))


def destroy(root: Path, stack: str, told: Callable[[str], None]) -> Deployed:
    """Do `pulumi destroy --stack STACK`; asks the state about protection first, because the engine asks last."""
    selected, heard = _select(root, stack), _Heard(told)
    protected = protected_in(selected.export_stack().deployment or {})
    if protected:
        raise StepError(
            f"{stack} protects {', '.join(protected)}; nothing was deleted",
            hint="change `deletion:` in the blueprint, compile, review and deploy that first",
        )
    _run(heard, stack, lambda: selected.destroy(on_event=heard))
    return Deployed(tuple(heard.done), {}, tuple(heard.warnings))


def outputs(root: Path, stack: str) -> dict[str, Any]:
    """Return the outputs of a deployed stack, secrets left out; empty where nothing was deployed."""
    selected = _select(root, stack)
    return _public(_run(_Heard(lambda _text: None), stack, selected.outputs))


def protected_in(deployment: Mapping[str, Any]) -> list[str]:
    """Return the names of the protected resources of an exported stack."""
    resources = deployment.get("resources") or []
    return [str(one["urn"]).rpartition("::")[2] for one in resources if one.get("protect")]


def _public(found: Mapping[str, OutputValue]) -> dict[str, Any]:
    return {name: output.value for name, output in found.items() if not output.secret}


def _select(root: Path, stack: str, before: str = "") -> Stack:
    if not is_installed():
        raise MissingToolError("deploying needs the Pulumi CLI, which is not on PATH", hint=INSTALL)
    from pulumi import automation

    try:
        return automation.select_stack(stack, work_dir=str(root))
    except automation.StackNotFoundError as missing:
        hint = f"pulumi stack rename {stack} --stack {before}" if before else f"pulumi stack init {stack}"
        raise StepError(f"there is no stack {stack} yet", hint=hint) from missing
    except automation.CommandError as failed:
        raise _failure(stack, failed) from failed


def _run(heard: _Heard, stack: str, action: Callable[[], Result]) -> Result:
    from pulumi import automation

    try:
        return action()
    except automation.CommandError as failed:
        if heard.errors:
            raise StepError("\n".join(heard.errors), hint=f"pulumi preview --stack {stack}") from failed
        raise _failure(stack, failed) from failed


def _failure(stack: str, failed: Exception) -> StepError:
    lines = [line for line in str(failed).splitlines() if "error:" in line] or str(failed).strip().splitlines()[-5:]
    return StepError("\n".join(line.strip() for line in lines[:10]), hint=f"pulumi preview --stack {stack}")


@dataclass(slots=True)
class _Heard:
    """A listener to the engine: tells of every resource as it begins and is done, and keeps what it hears.

    What stays as it is or is only read is no change; neither is the stack itself.
    """

    told: Callable[[str], None]
    begun: list[Change] = field(default_factory=list)
    done: list[Change] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __call__(self, event: EngineEvent) -> None:
        """Take note of one event."""
        for word, kept, seen in (
            ("", self.begun, event.resource_pre_event),
            ("done ", self.done, event.res_outputs_event),
        ):
            change = None if seen is None else _change(seen.metadata)
            if change is not None and change.operation in CHANGES and change.type != STACK:
                kept.append(change)
                self.told(f"{word}{change.operation} {change.name}")
        said = event.diagnostic_event
        if said is not None and said.severity in {"warning", "error"}:
            kept_words = self.warnings if said.severity == "warning" else self.errors
            kept_words.append(COLOR.sub("", said.message).strip())


def _change(seen: StepEventMetadata) -> Change:
    """Return an event's change; the API names operations by text or by enum."""
    return Change(str(getattr(seen.op, "value", seen.op)), seen.type, seen.urn.rpartition("::")[2])
