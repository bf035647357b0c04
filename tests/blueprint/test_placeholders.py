"""Placeholders of other languages are found where text means itself, and nowhere else."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS

from rackwright.blueprint.load import loads
from rackwright.diagnostics import FindingsError


def codes(text: str) -> list[str]:
    """Return the codes that reading a text finds."""
    try:
        loads(text)
    except FindingsError as refused:
        return [finding.code for finding in refused.findings]
    return []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("region: us-east-1", "region: ${AWS_REGION}"),
        ("region: us-east-1", "region: $(vars.region)"),
        ("region: us-east-1", "region: {{ region }}"),
        ("region: us-east-1", 'region: "{{ region }}"'),
        ("region: us-east-1", "region: var.region"),
        ('"210987654321"', '"<account>"'),
        ("    clusters:\n", "    {% if gpus %}\n    clusters:\n"),
        ("nodes: 4", "nodes: 4\n        labels: {team: '${TEAM}'}"),
    ],
)
def test_a_placeholder_is_one_finding(old: str, new: str) -> None:
    """Whoever would fill it in, it stands for a value that is missing."""
    assert codes(AWS.replace(old, new)) == ["LANG-E021"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nodes: 4", "nodes: 4  # ${NODES}, {{ nodes }} or <nodes>"),
        ("nodes: 4", "nodes: 4\n        overrides: {template: {user_data: 'echo ${HOME}'}}"),
        (
            "nodes: 4",
            "nodes: 4\n        validate: {acceptance: {loss: {command: 'cat ${A}$(date)', value: loss, at_most: 1}}}",
        ),
    ],
)
def test_text_of_a_shell_is_none(old: str, new: str) -> None:
    """Comments, commands and overrides hold what they hold."""
    assert codes(AWS.replace(old, new)) == []


def test_a_misspelled_command_is_one_finding() -> None:
    """The key is wrong, and what a shell fills in is not."""
    loss = "{acceptance: {loss: {comand: 'cat ${A}', value: loss, at_most: 1}}}"

    assert codes(AWS.replace("nodes: 4", f"nodes: 4\n        validate: {loss}")) == ["LANG-E101"]
