"""Codes are unique and explain themselves."""

from __future__ import annotations

import re

import pytest

from rackwright.diagnostics import StepError
from rackwright.rules import BLUEPRINT_RULES, CODES, PLAN_RULES
from rackwright.rules.explain import AREAS, explain, listing, meaning
from rackwright.rules.network import InvalidBlock
from rackwright.rules.registry import by_code


def test_two_problems_cannot_share_a_code() -> None:
    """A second problem of the same code is refused when the registry is made."""
    with pytest.raises(ValueError, match="NET-E101"):
        by_code((InvalidBlock.problem, InvalidBlock.problem))


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    """Each code has its form, an area, a sentence of explanation and something right to copy; links are public."""
    problem = CODES[code]

    assert re.fullmatch(r"[A-Z]+-[EWN]\d{3}", code)
    assert code.split("-", maxsplit=1)[0] in AREAS
    assert problem.explanation.endswith(".")
    assert not problem.title.endswith(".")
    assert problem.fix
    assert not re.match(r"(Ensure|Check|Use|Set|Must|Should|Avoid)\b", problem.title)
    assert "Wrong:\n  " in explain(code)
    assert all(link.startswith("https://") for link in problem.references)
    assert explain(code.lower()).startswith(f"{code} ({problem.severity.value}): {problem.title}\n\n")


def test_codes_are_listed_by_area() -> None:
    """All of them, or one area; a letter's case does not matter."""
    everything, network = listing(), explain("net")

    assert all(f"  {code} " in everything for code in CODES)
    assert network.startswith("Network, regions and zones:\n  NET-E101   Not an IPv4 block\n")
    assert {line.split("-")[0].strip() for line in network.splitlines()[1:]} == {"NET"}


def test_an_explanation_says_whether_and_how_a_finding_is_accepted() -> None:
    """A warning at the place of its example; an error that breaks the cloud never."""
    assert "  - {code: NET-W105, at: sites.use1.network.cidr, reason: why it is right here}" in explain("NET-W105")
    assert "It cannot be suppressed." in explain("NET-E101")
    assert meaning("NET-E101")["suppress"] == ""
    assert meaning("VAL-W104")["profiles"] == dict.fromkeys(("autonomous-driving", "finance", "healthcare"), "error")


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    """A misspelled code is refused, with a code to try."""
    with pytest.raises(StepError) as refused:
        explain("NET-E1O1")

    assert refused.value.hint.startswith("did you mean 'NET-E1")


def test_every_rule_says_what_it_is() -> None:
    """Rules are read: each class has a docstring of its own."""
    assert [type(rule) for rule in (*BLUEPRINT_RULES, *PLAN_RULES) if not type(rule).__doc__] == []
