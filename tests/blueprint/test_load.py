"""Blueprints come from files as people make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.blueprint.test_any_text import TEXT

from rackwright.blueprint import Blueprint
from rackwright.blueprint.load import load, loads
from rackwright.blueprint.reading import LARGEST_FILE
from rackwright.diagnostics import FindingsError, Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.diagnostics import Position

PROBLEM = Problem("TEST-E001", Severity.ERROR, "t", "e.", "f")


def refusal(path: Path) -> tuple[str, str, Position | None]:
    """Return code, message and place of the only finding in a file."""
    with pytest.raises(FindingsError) as refused:
        load(path)
    (only,) = refused.value.findings
    return only.code, only.message, only.position


@pytest.mark.parametrize("raw", [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode()])
def test_byte_order_marks_and_line_ends_do_not_matter(tmp_path: Path, raw: bytes) -> None:
    """A file from any editor is the same blueprint, at the same places."""
    (tmp_path / "blueprint.yaml").write_bytes(raw)
    loaded = load(tmp_path / "blueprint.yaml")

    assert loaded.blueprint == loads(TEXT).blueprint
    assert loaded.text == TEXT
    assert loaded.locate(("sites", "use1", "network", "cidr")) == "blueprint.yaml:9"


def test_files_that_are_none_are_findings(tmp_path: Path) -> None:
    """A folder, a missing, a huge and a binary file are refused with their name."""
    (tmp_path / "huge.yaml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "binary.yaml").write_bytes(b"name: a\nsites:\n  \xff\xfe")

    assert refusal(tmp_path)[0] == "LANG-E001"
    assert refusal(tmp_path / "none.yaml")[:2] == ("LANG-E001", "cannot be read: No such file or directory")
    assert refusal(tmp_path / "nul\0.yaml")[0] == "LANG-E001"
    assert refusal(tmp_path / "huge.yaml")[:2] == ("LANG-E001", "cannot be read: it is larger than 1 MiB")
    code, message, at = refusal(tmp_path / "binary.yaml")
    assert (code, message) == ("LANG-E002", "byte 0xff is not UTF-8")
    assert at is not None
    assert (at.line, at.column) == (3, 3)


@pytest.mark.parametrize(
    ("path", "of_key", "place"),
    [
        (("sites", "use1", "region"), False, (8, 13, "us-east-1")),
        (("sites", "use1", "region"), True, (8, 5, "region")),
        (("sites", "use1"), False, (5, 3, "use1")),
        (("sites", "use1", "network", "zones"), False, (9, 35, "zones")),
        (("sites", "use1", "network", "zones", 1), False, (9, 55, "us-east-1b")),
        (("sites", "use1", "network", "nothing"), False, (9, 5, "network")),
        (("sites", "use1", "clusters", "train", "validate", "epochs"), False, (22, 9, "validate")),
        (("sites", "use1", "clusters", "train", "zone"), False, (17, 7, "train")),
        (("sites", "use1", "network", "zones", 7), False, (9, 35, "zones")),
        ((), False, (1, 1, "b")),
    ],
)
def test_findings_stand_at_the_nearest_thing_in_the_file(
    path: tuple[str | int, ...], *, of_key: bool, place: tuple[int, int, str]
) -> None:
    """A scalar is shown at its value, a collection at its key, what is not written at its parent."""
    (finding,) = loads(TEXT).located((PROBLEM.at(path, "m", of_key=of_key),))

    at = finding.position
    assert at is not None
    assert (at.line, at.column, at.text[at.column - 1 : at.column - 1 + at.length]) == place


def test_aliases_repeat_what_they_name() -> None:
    """An alias is the value it names, and a mistake in it is shown once, where it is written."""
    text = TEXT.replace("      scratch:", "      copy: *home\n      scratch:")
    site = loads(text).blueprint.sites["use1"]
    with pytest.raises(FindingsError) as refused:
        loads(text.replace("&home {kind: file}", "&home {kind: file, sise: 1TiB}"))

    assert site.storage["copy"] == site.storage["home"]
    assert [finding.code for finding in refused.value.findings] == ["LANG-E101"]


def test_every_list_of_the_language_can_be_written() -> None:
    """Models hold tuples, files hold lists: each list loads."""
    loaded = loads(TEXT)

    assert isinstance(loaded.blueprint, Blueprint)
    assert loaded.blueprint.sites["use1"].network.zones == ("us-east-1a", "us-east-1b")
    assert loaded.blueprint.sites["use1"].access.allow_from == ("10.0.0.0/16",)
    assert loaded.blueprint.sites["use1"].clusters["train"].nodes.without == (3,)


def test_capacity_is_one_word_where_its_kind_is_all_there_is_to_say() -> None:
    """`capacity: spot` is `capacity: {kind: spot}`."""
    assert loads(TEXT.replace("{kind: spot}", "spot")).blueprint == loads(TEXT).blueprint
