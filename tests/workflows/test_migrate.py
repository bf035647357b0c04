"""Files are migrated together: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.blueprint.migration.made_up import register

from rackwright.diagnostics import FindingsError, StepError
from rackwright.system import files
from rackwright.workflows import migrate

if TYPE_CHECKING:
    from pathlib import Path

BASE = "blueprint: 1\nsites: {a: {region: x, clusters: {c: {machine: m}}}}  # all\n"
NEW_BASE = "blueprint: 2\nsites: {a: {network: {where: x}, clusters: {c: {type: m}}}}  # all\n"
HEIR = "extends: ../base.yaml\nsites: {a: {clusters: {c: {machine: n}}}}\n"


@pytest.fixture(autouse=True)
def _next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the language be at version 2."""
    register(monkeypatch)


@pytest.fixture
def stacks(tmp_path: Path) -> Path:
    """Return a folder of two blueprints that extend one file."""
    (tmp_path / "Pulumi.yaml").touch()
    for name, text in {"base.yaml": BASE, "dev/blueprint.yaml": HEIR, "prod/blueprint.yaml": HEIR}.items():
        path = tmp_path / "stacks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "stacks"


def both(stacks: Path) -> list[Path]:
    """Return the blueprints in a folder."""
    return sorted(stacks.glob("*/blueprint.yaml"))


def test_what_is_extended_is_migrated_once(stacks: Path) -> None:
    """A file that says no version has that of the file it extends."""
    migrate.write(migrate.look(both(stacks)))

    assert (stacks / "base.yaml").read_text(encoding="utf-8") == NEW_BASE
    assert {path.read_text(encoding="utf-8") for path in both(stacks)} == {HEIR.replace("machine", "type")}
    assert not any(row.changed for row in migrate.look(both(stacks)))


def test_a_file_is_not_migrated_under_others_that_extend_it(stacks: Path) -> None:
    """They are named, to be migrated with it."""
    with pytest.raises(StepError, match=r"prod extends base.yaml too") as refused:
        migrate.look(both(stacks)[:1])

    assert refused.value.hint == "rackwright migrate dev prod"


def test_a_file_that_is_extended_may_be_older_than_its_heir(stacks: Path) -> None:
    """Each is brought from its own version."""
    for path in both(stacks):
        path.write_text(f"blueprint: 2\n{HEIR.replace('machine', 'type')}", encoding="utf-8")
    rows = migrate.look(both(stacks))

    assert [(row.path.name, row.version) for row in rows if row.changed] == [("base.yaml", 1)]


def test_a_list_that_replaced_another_does_not_become_a_mapping_that_is_merged(stacks: Path) -> None:
    """What files say together is compared too."""
    for path, name in ((stacks / "base.yaml", "a"), (both(stacks)[0], "b")):
        path.write_text(f"{path.read_text(encoding='utf-8')}suppress: [{{at: {name}}}]\n", encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        migrate.look(both(stacks))

    assert [(one.code, one.message) for one in refused.value.findings] == [
        ("LANG-E018", "together with what it inherits, this would not say the same afterwards")
    ]


def test_line_ends_and_the_mark_at_the_beginning_stay(stacks: Path) -> None:
    """What Windows wrote stays as Windows writes."""
    base = stacks / "base.yaml"
    base.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    base.chmod(0o640)
    migrate.write(migrate.look(both(stacks)))

    assert base.read_bytes() == b"\xef\xbb\xbf" + NEW_BASE.replace("\n", "\r\n").encode()
    assert base.stat().st_mode & 0o777 == 0o640


def test_where_one_file_cannot_be_written_none_is(stacks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those before it get back what they were."""
    rows = migrate.look(both(stacks))
    write = files.write_atomic

    def refuse_the_last(path: Path, text: str, **settings: int) -> None:
        if path.parent.name == "prod":
            raise PermissionError(13, "Permission denied")
        write(path, text, **settings)

    monkeypatch.setattr(files, "write_atomic", refuse_the_last)
    with pytest.raises(StepError, match="Permission denied"):
        migrate.write(rows)

    assert (stacks / "base.yaml").read_text(encoding="utf-8") == BASE
    assert {path.read_text(encoding="utf-8") for path in both(stacks)} == {HEIR}


def test_newer_files_are_found(stacks: Path) -> None:
    """This program cannot take them back."""
    both(stacks)[0].write_text("blueprint: 3\n", encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        migrate.look(both(stacks))

    assert [(one.code, one.hint) for one in refused.value.findings] == [("LANG-E017", "upgrade rackwright")]


def test_files_that_say_no_version_are_not_guessed_at(stacks: Path) -> None:
    """`check` says what they lack."""
    (stacks / "base.yaml").write_text("sites: {}\n", encoding="utf-8")
    with pytest.raises(StepError, match="does not say of which version it is"):
        migrate.look(both(stacks))
