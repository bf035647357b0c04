"""Compiling writes what changed and nothing else; --check and --diff write nothing at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode, FindingsError, StepError
from rackwright.workflows import compile as workflow

ROOT = Path(__file__).resolve().parents[2]
SITE, CLUSTER = "quickstart.use1", "quickstart.use1.train"


@pytest.fixture
def blueprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the quickstart's blueprint, alone in a repository in which the test stands."""
    path = tmp_path / "stacks" / "quickstart" / "blueprint.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(ROOT / "stacks" / "quickstart" / "blueprint.yaml", path)
    monkeypatch.chdir(tmp_path)
    return path


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    """Return everything below a folder: when it was written, and what stands in it."""
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def compile_again(blueprint: Path) -> tuple[str, ...]:
    """Compile a blueprint; return the stacks that were written."""
    return workflow.write(workflow.compile_blueprint(blueprint))


def test_compiling_writes_what_is_committed(blueprint: Path) -> None:
    """A blueprint alone becomes the committed folders of its stacks, and nothing else appears beside it."""
    assert compile_again(blueprint) == (SITE, CLUSTER)

    committed = {name for name in tree(ROOT / "stacks" / "quickstart") if "__pycache__" not in name}
    assert set(tree(blueprint.parent)) == committed
    for name in (one for one in committed if (blueprint.parent / one).is_file()):
        assert (blueprint.parent / name).read_text("utf-8") == (ROOT / "stacks/quickstart" / name).read_text("utf-8")


def test_compiling_again_writes_nothing(blueprint: Path) -> None:
    """What is already right is not touched, not even its time."""
    compile_again(blueprint)
    before = tree(blueprint.parent)

    assert compile_again(blueprint) == ()
    assert run(app, ["compile"]) == ExitCode.OK
    assert tree(blueprint.parent) == before


def test_only_what_changed_is_written(blueprint: Path) -> None:
    """A program edited by hand is written anew; the stack beside it is not touched."""
    compile_again(blueprint)
    edit(blueprint.parent / CLUSTER / "program" / "nodes.py", "g6.xlarge", "g5.xlarge")
    untouched = tree(blueprint.parent / SITE)

    assert compile_again(blueprint) == (CLUSTER,)
    assert tree(blueprint.parent / SITE) == untouched
    assert workflow.differences(workflow.compile_blueprint(blueprint)) == {}


def test_check_names_an_edited_program(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program edited by hand ends --check with exit 1 and its name; nothing is written."""
    compile_again(blueprint)
    edit(blueprint.parent / SITE / "program" / "network.py", "10.60.0.0/16", "10.61.0.0/16")
    before = tree(blueprint.parent)

    assert run(app, ["compile", "--check"]) == ExitCode.FINDINGS
    assert capsys.readouterr().out == f"differs  {SITE}/program/network.py\n"
    with pytest.raises(StepError, match=r"quickstart\.use1/program/network\.py") as refused:
        workflow.refuse_stale(workflow.compile_blueprint(blueprint))
    assert refused.value.hint == "rackwright compile quickstart"
    assert tree(blueprint.parent) == before


def test_check_passes_what_is_right(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Output that is what compiles ends --check with exit 0."""
    compile_again(blueprint)

    assert run(app, ["compile", "--check", "quickstart"]) == ExitCode.OK
    assert capsys.readouterr().out == "committed output is what compiles now\n"


def test_check_of_what_was_never_compiled_names_every_file(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first compilation every file differs, and --check creates none."""
    assert run(app, ["compile", "--check"]) == ExitCode.FINDINGS

    compiled = workflow.compile_blueprint(blueprint)
    expected = {f"differs  {stack}/{name}" for stack, files in compiled.stacks.items() for name in files}
    assert set(capsys.readouterr().out.splitlines()) == expected
    assert list(tree(blueprint.parent)) == ["blueprint.yaml"]


def test_diff_shows_a_change_and_writes_nothing(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--diff prints a unified diff from what is committed to what compiles now."""
    compile_again(blueprint)
    edit(blueprint, "machine: g6.xlarge", "machine: g5.xlarge")
    before = tree(blueprint.parent)

    assert run(app, ["compile", "--diff"]) == ExitCode.OK
    lines = capsys.readouterr().out.splitlines()
    assert f"--- committed/{CLUSTER}/program/nodes.py" in lines
    assert f"+++ compiled/{CLUSTER}/program/nodes.py" in lines
    assert '-    instance_type="g6.xlarge",' in lines
    assert '+    instance_type="g5.xlarge",' in lines
    assert tree(blueprint.parent) == before


def test_the_folder_of_a_removed_cluster_goes(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cluster that left the blueprint is reported by --check, then its compiled folder is deleted."""
    compile_again(blueprint)
    text = blueprint.read_text(encoding="utf-8")
    blueprint.write_text(text[: text.index("    clusters:")], encoding="utf-8")

    assert run(app, ["compile", "--check"]) == ExitCode.FINDINGS
    assert f"differs  {CLUSTER}/program/nodes.py" in capsys.readouterr().out.splitlines()
    assert (blueprint.parent / CLUSTER).is_dir()
    assert run(app, ["compile"]) == ExitCode.OK
    assert not (blueprint.parent / CLUSTER).exists()
    assert (blueprint.parent / SITE).is_dir()


def test_every_file_that_is_extended_is_hashed(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The manifest names the whole chain; an edit of a base is reported by --check, a comment too."""
    base = blueprint.parents[1] / "shared" / "base.yaml"
    base.parent.mkdir()
    base.write_text(blueprint.read_text(encoding="utf-8"), encoding="utf-8")
    blueprint.write_text("extends: ../shared/base.yaml\n", encoding="utf-8")
    compile_again(blueprint)
    manifest = json.loads((blueprint.parent / SITE / "manifest.json").read_text(encoding="utf-8"))
    edit(base, "# The smallest", "# A small")

    assert [one["path"] for one in manifest["blueprint"]["extends"]] == ["stacks/shared/base.yaml"]
    assert run(app, ["compile", "--check"]) == ExitCode.FINDINGS
    assert capsys.readouterr().out.splitlines() == [f"differs  {stack}/manifest.json" for stack in (SITE, CLUSTER)]


def test_what_is_not_ours_is_never_touched(blueprint: Path) -> None:
    """Settings of a stack, notes and folders that rackwright did not compile stay as they are."""
    mine = {
        f"Pulumi.{SITE}.yaml": "config: {}\n",
        "NOTES.md": "call the vendor\n",
        "quickstart.use1.lab/by-hand.py": "print('mine')\n",
    }
    for name, text in mine.items():
        (blueprint.parent / name).parent.mkdir(exist_ok=True)
        (blueprint.parent / name).write_text(text, encoding="utf-8")
    before = {name: tree(blueprint.parent)[name] for name in mine}
    compile_again(blueprint)
    edit(blueprint, "nodes: 2", "nodes: 3")
    compile_again(blueprint)

    assert {name: tree(blueprint.parent)[name] for name in mine} == before


@pytest.mark.parametrize("broken", [("nodes: 2", "nodes: many"), ("machine: g6.xlarge", "machine: g6.xlrage")])
def test_a_blueprint_with_findings_writes_nothing(blueprint: Path, broken: tuple[str, str]) -> None:
    """Neither a mistake of form nor one of meaning changes a single file."""
    compile_again(blueprint)
    edit(blueprint, *broken)
    before = tree(blueprint.parent)

    with pytest.raises(FindingsError):
        workflow.compile_blueprint(blueprint)
    assert run(app, ["compile"]) == ExitCode.FINDINGS
    assert tree(blueprint.parent) == before


def test_one_broken_blueprint_stops_all(blueprint: Path) -> None:
    """With findings in one datacenter nothing is written for any other."""
    other = blueprint.parents[1] / "other" / "blueprint.yaml"
    other.parent.mkdir()
    text = blueprint.read_text(encoding="utf-8")
    other.write_text(text.replace("name: quickstart", "name: other").replace("nodes: 2", "nodes: 0"), encoding="utf-8")

    assert run(app, ["compile"]) == ExitCode.FINDINGS
    assert list(tree(blueprint.parent)) == ["blueprint.yaml"]
