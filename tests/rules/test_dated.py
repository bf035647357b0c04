"""Dates are judged by the day that is given, and not at all without one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.rules.blueprints import AWS

from rackwright import rules
from rackwright.blueprint.load import loads
from rackwright.blueprint.model import Day
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules import Dated, check_blueprint
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class Past(Rule[Dated]):
    """Finds that it is 2027."""

    problem = Problem("TEST-W001", Severity.WARNING, "Past", "It is over.", "a")

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at the day."""
        if subject.today.year >= 2027:
            yield self.problem.at(("name",), f"{subject.blueprint.name} ended")


def test_only_a_day_makes_dates_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule with a date speaks when a day is given and has come."""
    monkeypatch.setattr(rules, "DATED_RULES", (Past(),))
    blueprint = loads(AWS).blueprint

    assert check_blueprint(blueprint) == ()
    assert check_blueprint(blueprint, date(2026, 12, 31)) == ()
    assert [one.message for one in check_blueprint(blueprint, date(2027, 1, 1))] == ["aurora ended"]


@pytest.mark.parametrize("text", ["2027-02-29", "2027-13-01", "2027-1-1", "20270131", "tomorrow", 2027, None])
def test_only_days_of_the_calendar_are_days(text: object) -> None:
    """What is no day has the wrong form, whatever is wrong with it."""
    day = TypeAdapter(Day)

    assert day.validate_python("2028-02-29") == date(2028, 2, 29)
    with pytest.raises(ValidationError, match="not a day"):
        day.validate_python(text)
