"""Pulumi's entry runs what was reviewed, and nothing else, started exactly as Pulumi's language host starts it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rackwright.diagnostics import StepError
from rackwright.engine.answers import DryRun
from rackwright.engine.embedded import Program, run

ROOT = Path(__file__).resolve().parents[2]
STACK = "quickstart.use1"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository that holds the entry and one compiled stack."""
    (tmp_path / "infra").mkdir()
    shutil.copy(ROOT / "infra" / "__main__.py", tmp_path / "infra")
    shutil.copytree(ROOT / "stacks" / "quickstart" / STACK, tmp_path / "stacks" / "quickstart" / STACK)
    return tmp_path


def resources(repository: Path, config: dict[str, str] | None = None, stack: str = STACK) -> int:
    """Return how many resources the entry registers."""
    program = Program(repository / "infra", "acme", stack, "aws", root=repository, config=config or {})
    return len(run(program, DryRun({})).by_urn())


def test_the_reviewed_program_runs(repository: Path) -> None:
    """Every resource of the stack is registered, and no bytecode is left among the reviewed files."""
    count = len(
        run(Program(repository / "stacks/quickstart" / STACK / "program", "acme", STACK, "aws"), DryRun({})).by_urn()
    )

    assert resources(repository) == count
    assert list(repository.rglob("__pycache__")) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda program: (program / "network.py").write_text("import pulumi\n"), "network.py was changed"),
        (lambda program: (program / "network.py").unlink(), "network.py is missing"),
        (lambda program: (program / "extra.py").write_text(""), "extra.py was not reviewed"),
        (lambda program: (program.parent / "manifest.json").write_text("{"), "manifest.json is not JSON"),
    ],
    ids=["changed", "missing", "extra", "broken manifest"],
)
def test_a_changed_program_is_refused_with_the_way_out(change: object, said: str, repository: Path) -> None:
    """The message names the file, and what to run."""
    change(repository / "stacks" / "quickstart" / STACK / "program")  # type: ignore[operator]

    with pytest.raises(StepError) as refused:
        resources(repository)

    assert said in refused.value.message
    assert "rackwright compile quickstart" in refused.value.message


def test_line_endings_are_no_change(repository: Path) -> None:
    """A checkout with Windows line endings is the reviewed program."""
    network = repository / "stacks" / "quickstart" / STACK / "program" / "network.py"
    network.write_bytes(network.read_bytes().replace(b"\n", b"\r\n"))

    assert resources(repository) > 0


def test_break_glass_deploys_an_edited_program_loudly(repository: Path) -> None:
    """With a reason set, the edited program runs and a warning says which file and why."""
    storage = repository / "stacks" / "quickstart" / STACK / "program" / "storage.py"
    storage.write_text(storage.read_text() + "\n# edited\n")
    program = Program(
        repository / "infra", "acme", STACK, "aws", root=repository, config={"acme:allow-edited-program": "outage 42"}
    )
    recording = run(program, DryRun({}))

    assert [severity for severity, _ in recording.log] == ["warning"]
    assert "outage 42" in recording.log[0][1]
    assert "storage.py was changed" in recording.log[0][1]


def test_an_unknown_stack_is_refused(repository: Path) -> None:
    """A stack that was never compiled is named."""
    with pytest.raises(StepError, match=r"no compiled stack quickstart\.use2"):
        resources(repository, stack="quickstart.use2")
