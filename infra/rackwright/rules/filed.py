"""Where a blueprint stands: in the folder that has the name of its datacenter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Filed:
    """A blueprint and the folder below stacks/ that it stands in."""

    blueprint: Blueprint
    folder: str


class Misfiled(Rule[Filed]):
    """A blueprint in the folder of another datacenter, as copies of blueprints are."""

    problem = Problem(
        "ID-W111",
        Severity.WARNING,
        "The folder has another name than the datacenter",
        "Pulumi's entry looks for the program of stack aurora.use1 below stacks/aurora. A blueprint that was copied "
        "and kept its name compiles to programs that are never run; deploying its stacks deploys the original's.",
        "name: aurora   # in stacks/aurora/blueprint.yaml",
    )

    def check(self, subject: Filed) -> Iterator[Finding]:
        """Compare the name with the folder's."""
        if subject.blueprint.name != subject.folder:
            message = f"'{subject.blueprint.name}' stands in stacks/{subject.folder}"
            yield self.problem.at(("name",), message, f"write name: {subject.folder}, or rename the folder")


RULES: tuple[Rule[Filed], ...] = (Misfiled(),)
