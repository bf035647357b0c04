"""Whether the team's own commands print a number that the blueprint accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rackwright.checks.measured import Nothing
from rackwright.checks.outcome import Outcome, State
from rackwright.derive.registries import registry_of

if TYPE_CHECKING:
    from rackwright.checks.evidence import Evidence
    from rackwright.checks.measured import Command
    from rackwright.plan import Acceptance

ENDED = (124, 137)
"""Exit codes of a command that `timeout` ended."""
NOT_BEGUN = 125
"""Exit code of Docker where there is no image, or no container of it."""


def accepted(found: Evidence) -> tuple[Outcome, ...]:
    """Return one outcome for each command that this host was to run."""
    asked = {one.name: one for one in found.validation.acceptance}
    return tuple(_accepted(found, asked[name], result) for name, result in found.commands)


def _accepted(found: Evidence, asked: Acceptance, result: Command | Nothing) -> Outcome:
    if asked.accelerators and found.simulated:
        reason = "it needs accelerators, and those of this host are simulated"
        return _outcome(found, asked, State.NOT_APPLICABLE, "-", reason)
    if cannot := _uncontained(found, asked.image):
        return _outcome(found, asked, State.NOT_APPLICABLE, "-", cannot)
    number = result if isinstance(result, Nothing) else _number(asked, result)
    if not isinstance(number, Nothing):
        state, reason = _judged(asked, number)
        return _outcome(found, asked, state, f"{number:g}", reason)
    broke = not isinstance(result, Nothing) and result.code not in _unbegun(asked)
    return _outcome(found, asked, State.FAIL if broke else State.NOT_MEASURED, "nothing", number.reason)


def _uncontained(found: Evidence, image: str) -> str:
    """Return why a host cannot run a container of an image; empty where it can, or there is no image."""
    return image and (found.cannot_contain or (found.cannot_log_in if registry_of(image).cloud else ""))


def _unbegun(asked: Acceptance) -> set[int | None]:
    """Return the codes that say nothing against a host: the command ended well, not in time, or never began."""
    return {None, 0, *ENDED, *((NOT_BEGUN,) if asked.image else ())}


def _number(asked: Acceptance, result: Command) -> float | Nothing:
    """Return the number that a command printed, or why there is none."""
    if result.code in ENDED:
        return Nothing(f"the command did not end within {asked.timeout} s")
    if result.code is None:
        return Nothing("the command could not begin")
    if result.code:
        last = " ".join(result.stderr.strip().splitlines()[-1:])
        if result.code in _unbegun(asked):
            return Nothing(f"no container of its image began: {last}")
        return Nothing(f"the command ended with code {result.code} {last}".strip())
    printed = result.stdout.strip().splitlines()
    try:
        value: Any = json.loads(printed[-1]) if printed else None
    except ValueError:
        value = None
    for key in asked.value.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Nothing(f"the last line that it printed is no JSON with a number at {asked.value}")
    return float(value)


def _judged(asked: Acceptance, number: float) -> tuple[State, str]:
    """Return whether a number lies between the bounds; one that is no number lies nowhere."""
    if asked.at_least is not None and not number >= asked.at_least:
        return State.FAIL, "below what the blueprint asks"
    if asked.at_most is not None and not number <= asked.at_most:
        return State.FAIL, "above what the blueprint allows"
    return State.PASS, "as the blueprint asks"


def _outcome(found: Evidence, asked: Acceptance, state: State, measured: str, reason: str) -> Outcome:
    bounds = ((">=", asked.at_least), ("<=", asked.at_most))
    expected = ", ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)
    return Outcome(
        f"acceptance.{asked.name}", found.host, state, measured, f"{asked.value} {expected}", reason,
        required=state is not State.NOT_APPLICABLE, source="the blueprint",
        next_step="" if state in {State.PASS, State.NOT_APPLICABLE} else found.repeat,
    )  # fmt: skip
