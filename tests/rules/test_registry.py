"""Codes are unique and explain themselves."""

from __future__ import annotations

import re

import pytest

from rackwright.diagnostics import StepError
from rackwright.rules import BLUEPRINT_RULES, CODES, PLAN_RULES, explain
from rackwright.rules.explain import AREAS
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
    assert all(link.startswith("https://") for link in problem.references)
    assert explain(code.lower()).startswith(f"{code} ({problem.severity.value}): {problem.title}\n\n")


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    """A misspelled code is refused, with a code to try."""
    with pytest.raises(StepError) as refused:
        explain("NET-E1O1")

    assert refused.value.hint.startswith("did you mean 'NET-E1")


def test_every_rule_says_what_it_is() -> None:
    """Rules are read: each class has a docstring of its own."""
    assert [type(rule) for rule in (*BLUEPRINT_RULES, *PLAN_RULES) if not type(rule).__doc__] == []
