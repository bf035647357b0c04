"""Deploying on the embedded engine: a program's questions become check, diff, create, update, delete of a provider."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError
from rackwright.diagnostics.record import dataclass
from rackwright.engine.answers import Answer, named_stack
from rackwright.engine.embedded import Program, run
from rackwright.engine.schema.sdk import PROVIDER as PROVIDER_TYPE
from rackwright.engine.state import Deployed, State
from rackwright.engine.wire import revealed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rackwright.engine.provider import Provider
    from rackwright.engine.records import InvokeRecord, ReadRecord, Registration

SAME, CREATE, UPDATE, REPLACE, DELETE = "same", "create", "update", "replace", "delete"


@dataclass(frozen=True, slots=True)
class Done:
    """What a deployment did: how many resources were created, updated, replaced, deleted, or are the same."""

    state: State
    operations: dict[str, int]


class Deployment:
    """Answers a program by deploying what it registers; the old state says what exists already."""

    dry_run = False

    def __init__(
        self,
        provider: Provider,
        old: State,
        stacks: Mapping[str, Mapping[str, Any]],
        told: Callable[[str, str], None],
    ) -> None:
        self._provider, self._old, self._stacks, self._told = provider, old, stacks, told
        self.new = State()
        self.operations: Counter[str] = Counter()
        self._replaced: list[Deployed] = []
        self._taken: set[str] = set()

    def resource(self, asked: Registration) -> Answer:
        """Bring one resource to what the program says, and return its id and outputs."""
        inputs = revealed(asked.inputs)
        old = self._before(asked)
        if asked.type.startswith(PROVIDER_TYPE):
            deployed = self._keep(asked, inputs, "simulated", inputs)
            return Answer(deployed.id, deployed.outputs)
        self._check(asked, inputs)
        operation, made = self._act(asked, inputs, old)
        self.operations[operation] += 1
        if operation != SAME:
            self._told(operation, asked.urn)
        deployed = self._keep(asked, inputs, *made)
        return Answer(deployed.id, deployed.outputs)

    def _before(self, asked: Registration) -> Deployed | None:
        """Return the resource as it was deployed, under its name or one of its aliases."""
        base = asked.urn.removesuffix(asked.name)
        urns = (asked.urn, *(f"{base}{name}" for name in asked.options.get("aliases", ())))
        found = next((self._old.resources[urn] for urn in urns if urn in self._old.resources), None)
        if found is not None:
            self._taken.add(found.urn)
        return found

    def invoke(self, asked: InvokeRecord) -> dict[str, Any]:
        """Ask the provider."""
        return self._provider.invoke(asked.token, revealed(asked.args))

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return the exports of another stack."""
        return named_stack(self._stacks, asked)

    def finish(self) -> None:
        """Delete what the program no longer has, and what was replaced, dependents first."""
        gone = [one for urn, one in self._old.resources.items() if urn not in self._taken]
        for one in reversed([*self._replaced, *gone]):
            _delete(self._provider, one, self._told)
            self.operations[DELETE] += 0 if one in self._replaced else 1

    def _check(self, asked: Registration, inputs: dict[str, Any]) -> None:
        failures = self._provider.check(asked.urn, asked.type, inputs)
        if failures:
            reasons = "; ".join(f"{failure.property}: {failure.reason}" for failure in failures)
            raise StepError(f"{asked.type} {asked.name!r} is refused: {reasons}")

    def _act(
        self, asked: Registration, inputs: dict[str, Any], old: Deployed | None
    ) -> tuple[str, tuple[str, dict[str, Any]]]:
        if old is None:
            made = self._provider.create(asked.urn, asked.type, inputs)
            return CREATE, (made.id, made.outputs)
        ignored = set(asked.options.get("ignore_changes", ()))
        change = self._provider.diff(asked.type, _without(old.inputs, ignored), _without(inputs, ignored))
        if not change.changed:
            return SAME, (old.id, old.outputs)
        if change.replaces:
            self._replaced.append(old)
            made = self._provider.create(asked.urn, asked.type, inputs)
            return REPLACE, (made.id, made.outputs)
        made = self._provider.update(asked.urn, asked.type, old.id, inputs)
        return UPDATE, (made.id, made.outputs)

    def _keep(self, asked: Registration, inputs: dict[str, Any], identity: str, outputs: dict[str, Any]) -> Deployed:
        protect = bool(asked.options.get("protect"))
        needs = tuple(sorted(asked.dependencies))
        deployed = Deployed(asked.urn, asked.type, identity, inputs, outputs, protect, needs)
        self.new.resources[asked.urn] = deployed
        return deployed


def up(
    program: Program,
    provider: Provider,
    *,
    old: State | None = None,
    stacks: Mapping[str, Mapping[str, Any]] | None = None,
    told: Callable[[str, str], None] = lambda _operation, _urn: None,
) -> Done:
    """Deploy a program; `told` hears of every operation as it is done."""
    deployment = Deployment(provider, old or State(), stacks or {}, told)
    recording = run(program, deployment)
    deployment.finish()
    deployment.new.exports.update(revealed(recording.exports))
    return Done(deployment.new, dict(deployment.operations))


def destroy(
    state: State, provider: Provider, *, told: Callable[[str, str], None] = lambda _operation, _urn: None
) -> int:
    """Delete everything a stack has, dependents first; asks about protection before it starts. Returns how many."""
    protected = [one.urn.rpartition("::")[2] for one in state.resources.values() if one.protect]
    if protected:
        raise StepError(
            f"protected: {', '.join(protected)}; nothing was deleted",
            hint="change `deletion:` in the blueprint, compile and deploy that first",
        )
    doomed = [one for one in state.resources.values() if not one.type.startswith(PROVIDER_TYPE)]
    for one in reversed(doomed):
        _delete(provider, one, told)
    return len(doomed)


def _delete(provider: Provider, one: Deployed, told: Callable[[str, str], None]) -> None:
    if not one.type.startswith(PROVIDER_TYPE):
        provider.delete(one.type, one.id)
        told(DELETE, one.urn)


def _without(inputs: dict[str, Any], ignored: set[str]) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if name not in ignored}
