"""Profiles and policies decide how much a finding weighs, within limits."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from tests.rules.blueprints import AWS

from rackwright.blueprint.load import loads
from rackwright.blueprint.policy import Profile
from rackwright.diagnostics import Severity
from rackwright.rules import CODES, check_blueprint, weigh
from rackwright.rules.demands import DEMANDS, Demand

PUBLIC = AWS.replace("10.40.0.0/16", "192.169.0.0/16")
OPEN = AWS.replace("    network:", "    access: {kind: direct, allow_from: [20.0.0.0/12]}\n    network:")
BLIND = AWS.replace("nat: per-zone}", "nat: per-zone, flow_logs: false}\n    security: {audit: data-access}")


def weights(text: str, more: str) -> list[tuple[str, Severity, str]]:
    """Return code, severity and reason of everything found in a blueprint with a few more lines."""
    blueprint = loads(text + more).blueprint
    found = weigh(blueprint, check_blueprint(blueprint), date(2026, 11, 1))
    return [(one.code, one.severity, one.suppressed) for one in found]


def test_a_policy_makes_heavier_and_lighter() -> None:
    """A warning becomes an error; an error of policy becomes a note."""
    assert weights(PUBLIC, "policy: {severity: {NET-W105: error}}") == [("NET-W105", Severity.ERROR, "")]
    assert weights(OPEN, "policy: {severity: {ACC-E101: note}}") == [("ACC-E101", Severity.NOTE, "")]


def test_what_is_made_an_error_can_still_be_accepted() -> None:
    """A raised warning is the team's own error, and one place may have a reason."""
    more = "policy: {severity: {NET-W105: error}}\nsuppress: [{code: NET-W105, at: sites, reason: ours}]"

    assert weights(PUBLIC, more) == [("NET-W105", Severity.ERROR, "ours")]


def test_an_error_that_breaks_the_cloud_stays_one() -> None:
    """The attempt is an error of its own and changes nothing."""
    broken = AWS.replace("10.40.0.0/16", "10.40.0.0/33")
    found = weights(broken, "policy: {severity: {NET-E101: note}}")

    assert found == [("NET-E101", Severity.ERROR, ""), ("POL-E102", Severity.ERROR, "")]


def test_a_profile_weighs_as_its_table_says() -> None:
    """The same flow logs are an error in healthcare, a warning in manufacturing and nobody's business without."""
    assert weights(BLIND, "profile: healthcare") == [("PROF-E101", Severity.ERROR, "")]
    assert weights(BLIND, "profile: manufacturing") == [("PROF-E101", Severity.WARNING, "")]
    assert weights(BLIND, "profile: autonomous-driving") == weights(BLIND, "") == []


def test_a_policy_may_ask_more_than_a_profile_and_not_less() -> None:
    """The profile is the floor; a single place is accepted with a reason."""
    asked = "profile: manufacturing\npolicy: {severity: {PROF-E101: %s}}"

    assert weights(BLIND, asked % "error") == [("PROF-E101", Severity.ERROR, "")]
    assert ("PROF-E101", Severity.WARNING, "") in weights(BLIND, asked % "note")
    accepted = "profile: healthcare\nsuppress: [{code: PROF-E101, at: sites.use1, reason: recorded elsewhere}]"
    assert weights(BLIND, accepted) == [("PROF-E101", Severity.ERROR, "recorded elsewhere")]


@pytest.mark.parametrize("demand", DEMANDS, ids=lambda one: f"{one.profile}-{one.code}")
def test_every_demand_can_be_met(demand: Demand) -> None:
    """A row names a profile, a code that owners may weigh, and why; no two rows say the same."""
    assert demand.profile in get_args(Profile)
    assert CODES[demand.code].suppressible
    assert demand.why
    assert len({(one.profile, one.code) for one in DEMANDS}) == len(DEMANDS)
