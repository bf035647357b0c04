"""What a code means: the fixed part of every finding that carries it."""

from __future__ import annotations

from rackwright.diagnostics.finding import Finding, Path, Severity
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of mistake: what it is called, why it matters, what mends it.

    `code` is AREA-Ennn, AREA-Wnnn or AREA-Nnnn (error, warning, note) and never changes its meaning;
    `fix` is a piece of a blueprint that is right; `references` are public documents the rule follows. An error of
    `policy` breaks nothing, so that owners may accept it with a reason.
    """

    code: str
    severity: Severity
    title: str
    explanation: str
    fix: str
    references: tuple[str, ...] = ()
    policy: bool = False

    @property
    def suppressible(self) -> bool:
        """Whether the owners of a blueprint may accept it."""
        return self.policy or self.severity is not Severity.ERROR

    def at(self, path: Path, message: str, hint: str = "", *, of_key: bool = False) -> Finding:
        """Return a finding of this kind at a place in the blueprint."""
        return Finding(self.code, self.severity, path, message, hint, of_key=of_key)
