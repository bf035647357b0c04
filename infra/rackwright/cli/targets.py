"""What verbs are pointed at: a blueprint by path, folder or datacenter name; a stack by its name."""

from __future__ import annotations

from pathlib import Path

from rackwright.diagnostics import StepError, suggest

STACKS = Path("stacks")
BLUEPRINT = "blueprint.yaml"


def blueprint_path(given: str) -> Path:
    """Return the blueprint meant by a path, a folder or the name of a datacenter."""
    path = Path(given)
    if path.is_dir():
        path /= BLUEPRINT
    if path.is_file():
        return path
    named = STACKS / given / BLUEPRINT
    if named.is_file():
        return named
    raise StepError(f"there is no blueprint {given!r}", hint=suggest(given, datacenters()) or "rackwright new NAME")


def blueprint_paths(given: list[str]) -> list[Path]:
    """Return the blueprints meant; with none given, every one under stacks/."""
    if given:
        return [blueprint_path(one) for one in given]
    found = sorted(STACKS.glob(f"*/{BLUEPRINT}"))
    if not found:
        raise StepError("there is no blueprint under stacks/", hint="rackwright new NAME")
    return found


def datacenters() -> list[str]:
    """Return the names of the datacenters under stacks/."""
    return sorted(path.parent.name for path in STACKS.glob(f"*/{BLUEPRINT}"))


def stack_folder(stack: str) -> Path:
    """Return the folder of a compiled stack, by the stack's name."""
    folder = STACKS / stack.partition(".")[0] / stack
    if (folder / "manifest.json").is_file():
        return folder
    known = sorted(path.parent.name for path in STACKS.glob("*/*/manifest.json"))
    raise StepError(f"there is no compiled stack {stack!r}", hint=suggest(stack, known) or "rackwright compile")
