"""What the hosts of a rehearsal cannot do: said as NOT_APPLICABLE with the reason, never left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL = "all hosts"


def limits(cannot: Mapping[str, str]) -> tuple[Outcome, ...]:
    """Return one outcome for each thing the hosts cannot do; none of them decides READY."""
    return tuple(
        Outcome(f"host.{what.replace(' ', '_')}", ALL, State.NOT_APPLICABLE, "-", "-", reason, required=False)
        for what, reason in cannot.items()
    )
