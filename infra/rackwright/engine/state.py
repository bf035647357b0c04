"""What a stack deployed on the embedded engine consists of; text and state convert both ways."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rackwright.engine.records import Secret

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Deployed:
    """One resource as it was deployed; `needs` are the URNs it depends on."""

    urn: str
    type: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    protect: bool
    needs: tuple[str, ...]


@dataclass(slots=True)
class State:
    """The resources of one stack by URN, in the order of their creation, and its exports."""

    resources: dict[str, Deployed] = field(default_factory=dict)
    exports: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the state as text; raises TypeError where it holds a secret, which has no place in a file."""
        document = {
            "format": FORMAT,
            "resources": [asdict(one) for one in self.resources.values()],
            "exports": self.exports,
        }
        return json.dumps(document, indent=1, default=_refused) + "\n"

    def of(self, stack: str) -> State:
        """Return the same state under another name of the stack: what `pulumi stack rename` does."""
        resources = [
            replace(one, urn=_of(one.urn, stack), needs=tuple(_of(urn, stack) for urn in one.needs))
            for one in self.resources.values()
        ]
        return State({one.urn: one for one in resources}, self.exports)

    @staticmethod
    def from_json(text: str) -> State:
        """Return the state in `text`."""
        document = json.loads(text)
        if document.get("format") != FORMAT:
            raise ValueError(f"state has format {document.get('format')!r}, this rackwright reads {FORMAT}")
        resources = [Deployed(**{**row, "needs": tuple(row["needs"])}) for row in document["resources"]]
        return State({one.urn: one for one in resources}, document["exports"])


def _of(urn: str, stack: str) -> str:
    first, _, rest = urn.partition("::")
    return f"{first.rpartition(':')[0]}:{stack}::{rest}"


def _refused(thing: object) -> object:
    what = "a secret" if isinstance(thing, Secret) else type(thing).__name__
    raise TypeError(f"a rehearsal's state cannot hold {what}")
