"""The criterion of emission: what an expert wrote by hand is what a blueprint compiles to."""

from __future__ import annotations

from pathlib import Path

import pytest

from rackwright.workflows.compile import compile_blueprint

ROOT = Path(__file__).resolve().parents[2]
STACKS = sorted(path for path in (ROOT / "tests" / "handwritten").glob("*/*") if path.is_dir())


@pytest.mark.parametrize("folder", STACKS, ids=lambda path: path.name)
def test_emission_reproduces_the_program_written_by_hand(folder: Path) -> None:
    """Same modules, same text, to the letter."""
    datacenter = folder.name.partition(".")[0]
    compiled = compile_blueprint(ROOT / "stacks" / datacenter / "blueprint.yaml").stacks[folder.name]
    by_hand = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}

    assert {
        name.removeprefix("program/"): text for name, text in compiled.items() if name.startswith("program/")
    } == by_hand
