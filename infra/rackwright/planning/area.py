"""Where a planner stands while it writes nodes: a section of the program and the blueprint path behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Invoke, Options, Resource, Section, value

if TYPE_CHECKING:
    from rackwright.plan import Inputs, Plain

PROVIDER = "provider"
"""Key of the explicit provider of a stack; the stack of a link has two of other names."""


@dataclass(frozen=True, slots=True)
class Area:
    """One section while it is planned: every node gets the explicit provider and the path that caused it."""

    cloud: str
    section: str
    origin: Path
    provider: str = PROVIDER

    def titled(self, title: str) -> Section:
        """Return the section with the sentence that opens its module."""
        return Section(self.section, title, self.origin)

    def under(self, *path: str | int) -> Area:
        """Return the same section with a deeper blueprint path."""
        return Area(self.cloud, self.section, (*self.origin, *path), self.provider)

    def resource(self, key: str, kind: str, name: Plain, inputs: Inputs, *, note: str = "", **options: Any) -> Resource:
        """Return a resource; `kind` is the token without its cloud (ec2/vpc:Vpc), `options` are fields of Options."""
        given = Options(provider=self.provider, **options)
        return Resource(key, f"{self.cloud}:{kind}", value(name), inputs, self.section, self.origin, given, note)

    def invoke(self, key: str, kind: str, inputs: Inputs, *, note: str = "") -> Invoke:
        """Return a data source, asked through the explicit provider."""
        options = Options(provider=self.provider)
        return Invoke(key, f"{self.cloud}:{kind}", inputs, self.section, self.origin, options, note)

    def found(self, name: str, kind: str, inputs: Inputs) -> Invoke:
        """Return the question for storage that stands already: all else refers to it by the answer."""
        note = f"{name} stands already: it is read, and nothing of it is changed."
        return self.invoke(name.replace("-", "_"), kind, inputs, note=note)
