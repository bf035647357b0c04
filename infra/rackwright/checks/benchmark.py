"""Whether the benchmark reaches its accuracy, and whether every host keeps up with the others."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from rackwright.catalog.thresholds import threshold
from rackwright.checks.floor import Floor
from rackwright.checks.measured import Benchmark, Nothing
from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.checks.evidence import Evidence

ACCURACY, STRAGGLER, SPEED = "benchmark.accuracy", "benchmark.straggler", "benchmark.speed"


def accuracy_floor(found: Evidence) -> Floor | None:
    """Return the floor for a host's accuracy: the blueprint's, else the catalog's; None where nobody says one."""
    asked, dataset = found.validation.accuracy, found.validation.dataset
    if asked is not None:
        return Floor(asked, asked, "", "the blueprint")
    known = threshold(ACCURACY, dataset)
    if known is None:
        return None
    provisional = ", provisional" if known.provisional else ""
    warn = known.fail if known.warn is None else known.warn
    return Floor(known.fail, warn, "", f"catalog: {', '.join(known.sources)}{provisional}")


def accuracy(found: Evidence) -> Outcome:
    """Return whether the trained model reaches the floor on test data."""
    floor = accuracy_floor(found)
    if found.validation.dataset == "synthetic":
        reason = "synthetic data is for speed alone: accuracy means nothing on it"
        return _outcome(ACCURACY, found, State.NOT_MEASURED, "-", "an accuracy", reason)
    if floor is None:
        reason = f"no threshold is known for {found.validation.dataset}; set validate.accuracy"
        return _outcome(ACCURACY, found, State.NOT_MEASURED, "-", "unknown", reason)
    expected = f">= {floor.fail:g}"
    if isinstance(found.benchmark, Nothing):
        return _outcome(ACCURACY, found, State.NOT_MEASURED, "nothing", expected, found.benchmark.reason, floor.source)
    value = found.benchmark.accuracy
    if value is None or found.benchmark.dataset != found.validation.dataset:
        reason = f"the result is of {found.benchmark.dataset}, asked was {found.validation.dataset}"
        return _outcome(ACCURACY, found, State.NOT_MEASURED, "nothing", expected, reason, floor.source)
    state = floor.state(value)
    usual = {State.PASS: "reaches the floor", State.WARN: f"below {floor.warn:g}, where it usually is"}
    why = usual.get(state, "below the floor")
    return _outcome(ACCURACY, found, state, f"{value:.4f}", expected, why, floor.source)


def speeds(fleet: Sequence[Evidence]) -> tuple[Outcome, ...]:
    """Return each host's training speed against the median of alike hosts; one host alone is not compared."""
    measured = {one.host: rate(one.benchmark) for one in fleet if isinstance(one.benchmark, Benchmark)}
    known = threshold(STRAGGLER)
    if known is None or len(measured) < 2:  # noqa: PLR2004 - a median of one says nothing
        return tuple(_alone(one, measured.get(one.host)) for one in fleet)
    middle = median(measured.values())
    floor = Floor(known.fail, known.warn or known.fail, "", f"catalog: {', '.join(known.sources)}, provisional")
    return tuple(_compared(one, measured.get(one.host), middle, floor) for one in fleet)


def rate(result: Benchmark) -> float:
    """Return training images a second."""
    return result.training.images_per_second.median


def _compared(found: Evidence, speed: float | None, middle: float, floor: Floor) -> Outcome:
    expected = f">= {floor.fail:.0%} of the median, {middle:,.0f} images/s"
    if speed is None:
        reason = found.benchmark.reason if isinstance(found.benchmark, Nothing) else "no speed in the result"
        return _outcome(STRAGGLER, found, State.NOT_MEASURED, "nothing", expected, reason, floor.source)
    state, share = floor.state(speed / middle), f"{speed:,.0f} images/s, {speed / middle:.0%}"
    reason = {State.PASS: "keeps up", State.WARN: "slower than most", State.FAIL: "holds the others back"}[state]
    if not found.shares_machine:
        return _outcome(STRAGGLER, found, state, share, expected, reason, floor.source)
    milder = State.PASS if state is State.PASS else State.WARN
    why = f"{reason}; hosts of a rehearsal share one machine, so their speeds say little and do not decide"
    return _outcome(STRAGGLER, found, milder, share, expected, why, floor.source, required=False)


def _alone(found: Evidence, speed: float | None) -> Outcome:
    if speed is None:
        reason = found.benchmark.reason if isinstance(found.benchmark, Nothing) else "no speed in the result"
        return _outcome(SPEED, found, State.NOT_MEASURED, "nothing", "a speed", reason)
    return _outcome(SPEED, found, State.PASS, f"{speed:,.0f} images/s", "a speed", "measured; nothing to compare with")


def _outcome(
    check: str,
    found: Evidence,
    state: State,
    measured: str,
    expected: str,
    reason: str,
    source: str = "",
    *,
    required: bool = True,
) -> Outcome:
    next_step = "" if state in {State.PASS, State.WARN} else found.repeat
    return Outcome(
        check, found.host, state, measured, expected, reason,
        required=required, simulated=False, source=source, next_step=next_step,
    )  # fmt: skip
