"""What the real engine would ask last is asked first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rackwright.diagnostics import MissingToolError
from rackwright.engine import pulumi_cli


def test_protected_resources_are_found_in_an_exported_stack() -> None:
    """Their names are listed; a stack without resources protects nothing."""
    deployment = {
        "resources": [{"urn": "urn:pulumi:s::p::t::vpc"}, {"urn": "urn:pulumi:s::p::t::key", "protect": True}]
    }

    assert pulumi_cli.protected_in(deployment) == ["key"]
    assert pulumi_cli.protected_in({}) == []


def test_without_the_cli_a_deployment_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the tool, and what works without it."""
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    with pytest.raises(MissingToolError) as missing:
        pulumi_cli.up(Path(), "dc.site", print)

    assert "Pulumi CLI" in missing.value.message
    assert "rackwright rehearse" in missing.value.hint
