"""The rehearsal cloud: a provider that checks schema, constraints and references and gives typed, made-up outputs.

Everything it says is simulated. It refuses what the real provider refuses of one resource by itself (constraints.py).
It knows no semantics of a cloud (whether addresses overlap, whether a zone has a machine): those stand once, as rules
over blueprints and plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rackwright.diagnostics import StepError
from rackwright.diagnostics.record import dataclass
from rackwright.engine.provider import Change, Failure, Made
from rackwright.engine.rehearsal.addresses import SUBNETS, Addresses
from rackwright.engine.rehearsal.constraints import refused
from rackwright.engine.rehearsal.lookups import LOOKED_UP, STAND_IN, looked_up
from rackwright.engine.rehearsal.members import ASKED, instances, labeled
from rackwright.engine.rehearsal.outputs import Identity, outputs_of
from rackwright.engine.rehearsal.references import missing_references, strings
from rackwright.engine.rehearsal.replacing import replaces_for_sure
from rackwright.engine.schema import function_result, problems
from rackwright.engine.sentinels import sentinel

DETERMINED = {"aws:ec2/getAmi:getAmi": {"id": "ami-0rehearsal0000000"}, "aws:ssm/getParameter:getParameter": {}}


@dataclass(frozen=True, slots=True)
class Faults:
    """What is to go wrong: resource type, or URN, to the reason its creation fails with."""

    create: Mapping[str, str]


class RehearsalCloud:
    """All resources of a rehearsal, across its stacks; a Provider."""

    def __init__(
        self, account: str, region: str, faults: Faults | None = None, existing: Mapping[str, str] | None = None
    ) -> None:
        """`existing`: id or name of subnets that stand already -> their block."""
        self._identity = Identity(account, region)
        self._existing = existing or {}
        self._standing: set[str] = set()
        self._faults = faults or Faults({})
        self._addresses = Addresses()
        self._made: Counter[str] = Counter()
        self._resources: dict[str, tuple[str, dict[str, Any], Made]] = {}

    def known(self) -> tuple[str, ...]:
        """Return the ids of everything that exists."""
        return tuple(self._resources)

    def snapshot(self) -> dict[str, Any]:
        """Return everything that exists, as JSON data."""
        resources = [[made.id, kind, inputs, made.outputs] for kind, inputs, made in self._resources.values()]
        return {
            "resources": resources,
            "addresses": self._addresses.snapshot(),
            "standing": sorted(self._standing),
            "made": dict(self._made),
        }

    def restore(self, data: dict[str, Any]) -> None:
        """Make exist what a snapshot holds."""
        self._resources = {row[0]: (row[1], row[2], Made(row[0], row[3])) for row in data["resources"]}
        self._addresses.restore(data["addresses"])
        self._standing = set(data["standing"])
        self._made = Counter(data["made"])

    def check(self, urn: str, kind: str, inputs: dict[str, Any]) -> tuple[Failure, ...]:
        """Return what the SDK's schema and the real provider refuse, and references to what does not exist."""
        found = [Failure(problem.path, problem.reason) for problem in problems(kind, inputs)]
        return (*found, *refused(kind, inputs), *missing_references(inputs, {*self._resources, *self._standing}))

    def diff(self, kind: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
        """Return the inputs that differ, and those that replace for sure, as the catalog knows it of the providers."""
        changed = tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
        return Change(changed, tuple(name for name in changed if replaces_for_sure(kind, name, old, new)))

    def create(self, urn: str, kind: str, inputs: dict[str, Any]) -> Made:
        """Make a resource up: the same URN becomes the same thing, but for addresses, given in order of arrival.

        What replaces it is another thing with an id of its own.
        """
        reason = self._faults.create.get(urn) or self._faults.create.get(kind)
        if reason:
            raise StepError(f"creating {urn.rpartition('::')[2]} failed: {reason}")
        self._made[urn] += 1
        made = outputs_of(urn, kind, inputs, self._identity, self._made[urn])
        address = self._addresses.of(kind, made, inputs, self._template(inputs))
        made = Made(made.id, {**made.outputs, **address})
        self._resources[made.id] = (kind, inputs, made)
        return made

    def read(self, kind: str, identity: str) -> Made | None:
        """Return a resource by id."""
        found = self._resources.get(identity)
        return found[2] if found and found[0] == kind else None

    def update(self, urn: str, kind: str, identity: str, inputs: dict[str, Any]) -> Made:
        """Give a resource other inputs."""
        old = self.read(kind, identity)
        if old is None:
            raise StepError(f"{identity} does not exist")
        made = Made(identity, {**old.outputs, **inputs})
        self._resources[identity] = (kind, inputs, made)
        return made

    def delete(self, kind: str, identity: str) -> None:
        """Delete a resource; refuses while another one's inputs name it."""
        users = [
            urn for urn, (_, inputs, _) in self._resources.items() if urn != identity and identity in strings(inputs)
        ]
        if users:
            raise StepError(f"{identity} is still used by {', '.join(sorted(users))}")
        self._resources.pop(identity, None)

    def invoke(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return a typed, made-up result of a data source."""
        if token == ASKED:
            return {**arguments, **instances(self._resources.values(), self._addresses, arguments)}
        result = sentinel(f"simulated {token.rpartition(':')[2]}", function_result(token))
        found = {**result, **DETERMINED.get(token, {}), **looked_up(token, arguments)}
        if token in LOOKED_UP:
            self._stand(token, str(found["id"]), arguments)
        return found

    def members(self, label: str, value: str) -> tuple[tuple[str, str], ...]:
        """Return name and address of the machines of a group, as they are found by their label."""
        return labeled(self._resources, self._addresses, label, value)

    def _stand(self, token: str, identity: str, arguments: dict[str, Any]) -> None:
        """Let something that stands already be found, and hosts be given addresses of it where it is a subnet."""
        kind, asked = LOOKED_UP[token]
        block = self._existing.get(str(arguments.get(asked)), STAND_IN)
        if kind in SUBNETS:
            self._addresses.of(kind, Made(identity, {}), {SUBNETS[kind]: block}, {})
        self._standing.add(identity)

    def _template(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Return the inputs of the launch template that a resource starts from, if it does."""
        template = inputs.get("launchTemplate")
        found = self._resources.get(str(template.get("id"))) if isinstance(template, dict) else None
        return found[1] if found else {}
