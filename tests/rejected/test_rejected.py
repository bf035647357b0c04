"""Every code has a blueprint that it rejects, and a reader sees exactly this."""

from __future__ import annotations

import pytest
from tests.rejected.cases import HERE, code_of, findings, names, output, severities
from tests.rejected.regenerate import RULES, SCHEMA, examples_text, schema_text

from rackwright.diagnostics import Severity
from rackwright.rules import CODES
from rackwright.rules.examples import FILE
from rackwright.rules.explain import document

LETTERS = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


@pytest.mark.parametrize("name", names())
def test_a_rejected_blueprint_shows_what_it_showed(name: str) -> None:
    """The whole output for a mistake is the reviewed one; `make golden` writes it anew."""
    expected = (HERE / f"{name}.txt").read_text(encoding="utf-8")

    assert expected == output(name)


@pytest.mark.parametrize("name", names())
def test_a_case_is_about_its_code(name: str) -> None:
    """A case is named after a code that is found in it."""
    assert code_of(name) in {finding.code for finding in findings(name)}


def mistakes(name: str) -> int:
    """Return how many findings a case has, accepted ones aside; notes count where there is nothing else."""
    left = [one for one in findings(name) if not one.suppressed]
    severe = [one for one in left if one.severity is not Severity.NOTE]
    return len(severe or left)


def test_every_code_has_a_case() -> None:
    """No rule and no language check is without a blueprint that shows it."""
    assert sorted(CODES) == sorted({code_of(name) for name in names()})


def test_one_mistake_is_one_finding() -> None:
    """A case with one mistake gives one finding, notes aside; those with several say so in their name."""
    several = {name: count for name in names() if (count := mistakes(name)) != 1}

    assert several == {
        "CAP-W111-several": 2,
        "FAB-W105-several": 3,
        "FAB-E111-several": 2,
        "FAB-E113-several": 2,
        "ID-N105-both-several": 2,
        "ID-W101-several": 4,
        "LANG-E006-number-as-key": 2,
        "LANG-E101-two-keys": 2,
        "LANG-E101-words-of-terraform": 7,
        "LANG-E104-words-of-others-several": 2,
        "LANG-E103-percents-and-minutes-several": 2,
        "LANG-E103-several": 3,
        "LANG-E106-several": 2,
        "LINK-E101-several": 2,
        "LINK-E106-several": 2,
        "MACH-E105-several": 2,
        "MON-E102-several": 2,
        "NAME-E102-several": 2,
        "NAME-E103-several": 2,
        "MOUNT-E104-local-scratch": 2,
        "NET-E116-eight-zones": 3,
        "NET-E123-several": 2,
        "NET-E131-several": 2,
        "NET-E133-several": 3,
        "OVER-E102-several": 3,
        "OVER-E103-sdk-type": 2,
        "STOR-E104-keys-of-others": 2,
        "STOR-E107-several": 2,
        "STOR-E108-several": 2,
        "STOR-E113-several": 3,
        "STOR-E114-filestore": 3,
        "STOR-E115-several": 3,
        "TAG-E101-several": 3,
        "VAL-W109-several": 3,
        "STOR-E115-several-on-gcp": 3,
        "STOR-E115-types": 7,
        "STOR-E116-unknown": 2,
        "STOR-E117-several": 3,
        "STOR-E120-several": 6,
        "STOR-E131-several": 3,
        "FAB-E114-several": 2,
        "MACH-E124-several": 4,
        "MOUNT-E109-several": 4,
        "NAME-E104-several": 3,
        "SCHED-W110-several": 2,
        "SCHED-W111-several": 2,
        "STOR-E103-parallel": 2,
        "STOR-E126-lustre": 2,
        "STOR-E128-other-cloud": 4,
        "STOR-N127-on-gcp": 2,
        "STOR-W148-mounted-several": 2,
    }


@pytest.mark.parametrize("name", names())
def test_the_letter_of_a_code_is_its_severity(name: str) -> None:
    """E is an error, W a warning: a reader of the code alone knows whether it stops the work."""
    letters = {LETTERS[finding.code.split("-")[1][0]] for finding in findings(name)}

    assert letters == severities(name)


def test_the_document_of_rules_is_current() -> None:
    """docs/rules.md says what the rules say."""
    assert RULES.read_text(encoding="utf-8") == document()


def test_the_examples_are_current() -> None:
    """What `explain` shows as wrong is what the rejected blueprints show."""
    assert FILE.read_text(encoding="utf-8") == examples_text()


def test_the_schema_is_current() -> None:
    """The committed JSON Schema is that of the models."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
