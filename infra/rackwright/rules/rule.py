"""What a rule is: a problem it can find, and how it looks for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Finding, Problem

Subject = TypeVar("Subject")


class Rule(ABC, Generic[Subject]):
    """One check over a blueprint or a plan. It knows one problem and yields a finding wherever it meets it.

    A rule says nothing about what another rule or the language already refuses: one mistake, one finding.
    """

    problem: ClassVar[Problem]

    @abstractmethod
    def check(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for every place where the problem is."""
