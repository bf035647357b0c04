"""READY is the exception that must be earned."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rackwright.checks.floor import Floor
from rackwright.checks.outcome import Outcome, State
from rackwright.checks.verdict import Binding, judge

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
BINDING = Binding("dc.site.train", "f00d", "rackwright rehearse dc", (("train-0", "id-0"), ("train-1", "id-1")))


def outcome(host: str, state: State, *, required: bool = True) -> Outcome:
    """Return the outcome of some check on `host`."""
    return Outcome("accuracy", host, state, "0.97", ">= 0.95", "", required=required)


@pytest.mark.parametrize("state", [State.FAIL, State.NOT_MEASURED, State.NOT_APPLICABLE])
def test_one_unhealthy_required_check_is_not_ready(state: State) -> None:
    """Whatever is not PASS or WARN on a required check blocks, and is named."""
    verdict = judge([outcome("train-0", State.PASS), outcome("train-1", state)], BINDING, NOW)

    assert not verdict.ready
    assert verdict.blocking == (outcome("train-1", state),)


@pytest.mark.parametrize("state", list(State))
def test_checks_that_are_not_required_never_block(state: State) -> None:
    """An optional check informs; it does not decide."""
    optional = outcome("train-1", state, required=False)
    verdict = judge([outcome("train-0", State.PASS), outcome("train-1", State.WARN), optional], BINDING, NOW)

    assert verdict.ready


def test_a_host_that_was_never_reached_is_not_ready() -> None:
    """Silence is not health: a host without a required outcome is NOT_MEASURED by name."""
    verdict = judge([outcome("train-0", State.PASS)], BINDING, NOW)

    assert not verdict.ready
    assert [(one.host, one.state) for one in verdict.blocking] == [("train-1", State.NOT_MEASURED)]


def test_nothing_measured_is_not_ready() -> None:
    """No outcome at all is no verdict of health, even for a cluster without hosts."""
    assert not judge([], Binding("dc.site", "f00d", "", ()), NOW).ready


def test_a_verdict_expires() -> None:
    """A verdict says until when it stands."""
    assert judge([], BINDING, NOW).expires_at == "2026-01-09T03:04:05+00:00"


@pytest.mark.parametrize(
    ("measured", "state"),
    [(0.99, State.PASS), (0.97, State.PASS), (0.96, State.WARN), (0.95, State.WARN), (0.94, State.FAIL)],
)
def test_a_floor_has_a_warning_band(measured: float, state: State) -> None:
    """At or above warn is PASS, between is WARN, below fail is FAIL."""
    assert Floor(fail=0.95, warn=0.97, unit="", source="test").state(measured) is state


def test_not_a_number_fails() -> None:
    """NaN is below every floor."""
    assert Floor(fail=0.95, warn=0.97, unit="", source="test").state(float("nan")) is State.FAIL
