"""A blueprint of another version of the language is one finding, whatever else is in it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from rackwright.blueprint import Blueprint, version
from rackwright.blueprint.load import load, loads
from rackwright.diagnostics import FindingsError


def found(text: str) -> list[tuple[str, str]]:
    """Return code and hint of everything that is found in a text."""
    with pytest.raises(FindingsError) as refused:
        loads(text)
    return [(one.code, one.hint) for one in refused.value.findings]


def test_a_newer_blueprint_needs_a_newer_program() -> None:
    """Keys that are missing or unknown say nothing about it."""
    assert found("blueprint: 2\nplaces: {}\n") == [("LANG-E017", "upgrade rackwright")]


def test_an_older_blueprint_is_to_be_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint is what to type."""
    monkeypatch.setattr(version, "CURRENT", 2)

    assert found("blueprint: 1\nsites: {}\n") == [("LANG-E017", "rackwright migrate")]


def test_a_version_that_never_was_is_a_wrong_value() -> None:
    """It is no version of anything."""
    assert "LANG-E104" in {code for code, _ in found("blueprint: 0\n")}


def test_a_file_that_is_extended_is_of_the_same_version(tmp_path: Path) -> None:
    """It is found where it says so, with who extends it."""
    (tmp_path / "base.yaml").write_text("blueprint: 3\n", encoding="utf-8")
    heir = tmp_path / "blueprint.yaml"
    heir.write_text("blueprint: 1\nextends: base.yaml\n", encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        load(heir)
    (only,) = refused.value.findings
    at = only.position

    assert at
    assert (only.code, Path(at.file).name, at.line) == ("LANG-E017", "base.yaml", 1)
    assert [one.line for one in at.inherited] == [2]


def test_the_model_is_of_the_current_version() -> None:
    """What is loaded says the version that this program speaks."""
    assert get_args(Blueprint.model_fields["blueprint"].annotation) == (version.CURRENT,)
