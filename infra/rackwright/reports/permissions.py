"""What a deployment may do, by account: as documents that a cloud takes, and as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.derive.accounts import by_account
from rackwright.derive.grants import POLICY_CHARACTERS, Document, policies, role, size
from rackwright.derive.permissions import Grant, grants
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.plan import Plan


@dataclass(frozen=True, slots=True)
class Needed:
    """What plans need in one account (AWS) or project (Google Cloud), for `deploy` or for `preview`."""

    cloud: str
    identity: str
    purpose: str
    grants: tuple[Grant, ...]
    documents: tuple[Document, ...]

    def files(self) -> dict[str, Document]:
        """Return the documents by file name."""
        begun = f"{self.identity}-{self.purpose}"
        return {f"{begun}-{number}.json": document for number, document in enumerate(self.documents, 1)}


def needed(plans: tuple[Plan, ...], *, reading: bool) -> tuple[Needed, ...]:
    """Return what plans need, one for each account they land in."""
    plans = tuple(part for plan in plans for part in by_account(plan))
    accounts = dict.fromkeys((plan.cloud, plan.identity) for plan in plans)
    return tuple(
        _of_account(*account, tuple(one for one in plans if (one.cloud, one.identity) == account), reading=reading)
        for account in accounts
    )


def as_data(found: tuple[Needed, ...]) -> dict[str, Any]:
    """Return what is needed for a machine."""
    return {
        "accounts": [
            {"cloud": one.cloud, "identity": one.identity, "purpose": one.purpose, "documents": list(one.documents)}
            for one in found
        ]
    }


def as_text(found: Needed) -> str:
    """Return what is needed in one account: how much by service, and where."""
    places = {(one.action, one.resource) for one in found.grants}
    counts = Counter((_service(action), resource) for action, resource in places)
    lines = [f"{found.cloud} {found.identity}, to {found.purpose}: {_summary(found)}"]
    return "\n".join([*lines, *(f"  {name:<18}{count:>3}  {where}" for (name, where), count in sorted(counts.items()))])


def _of_account(cloud: str, identity: str, plans: tuple[Plan, ...], *, reading: bool) -> Needed:
    given, purpose = grants(plans, reading=reading), "preview" if reading else "deploy"
    title = f"rackwright {purpose} {' '.join(dict.fromkeys(plan.datacenter for plan in plans))}"
    documents = policies(given) if cloud == "aws" else (role(title, given),)
    return Needed(cloud, identity, purpose, given, documents)


def _summary(found: Needed) -> str:
    actions = len({one.action for one in found.grants})
    if found.cloud != "aws":
        return f"{actions} permissions, one custom role"
    sizes = ", ".join(f"{size(one):,}" for one in found.documents)
    policies = f"{len(found.documents)} polic{'y' if len(found.documents) == 1 else 'ies'}"
    return f"{actions} actions, {policies} ({sizes} of {POLICY_CHARACTERS:,} characters)"


def _service(action: str) -> str:
    return action.partition(":")[0] if ":" in action else action.partition(".")[0]
