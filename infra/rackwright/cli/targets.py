"""What verbs are pointed at: a blueprint by path, folder or datacenter name; a stack by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rackwright.diagnostics import StepError, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    raise StepError(f"there is no compiled stack {stack!r}", hint=suggest(stack, stacks()) or "rackwright compile")


def stacks() -> list[str]:
    """Return the names of the compiled stacks under stacks/."""
    return sorted(path.parent.name for path in STACKS.glob("*/*/manifest.json"))


def complete_datacenter(begun: str) -> list[str]:
    """Return the datacenters whose name begins so, for a shell."""
    return _beginning(begun, datacenters())


def complete_stack(begun: str) -> list[str]:
    """Return the compiled stacks whose name begins so, for a shell."""
    return _beginning(begun, stacks())


def complete_stack_with_hosts(begun: str) -> list[str]:
    """Return the compiled stacks with hosts whose name begins so, for a shell."""
    return _beginning(begun, sorted(path.parent.name for path in STACKS.glob("*/*/inventory.yml")))


def complete_preset(begun: str) -> list[str]:
    """Return the presets whose name begins so, for a shell."""
    from rackwright.workflows.scaffold import presets

    return _beginning(begun, presets())


def complete_code(begun: str) -> list[str]:
    """Return the codes of findings that begin so, for a shell."""
    from rackwright.rules.registry import CODES

    return _beginning(begun, CODES)


def complete_machine(begun: str) -> list[str]:
    """Return the machine and slice types of the catalog whose name begins so, for a shell."""
    from rackwright.catalog import machine_names, slice_types

    return _beginning(begun, [*machine_names("aws"), *machine_names("gcp"), *(one.name for one in slice_types())])


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(begun))


BLUEPRINTS = typer.Argument(
    None, help="Blueprint files, folders or datacenter names.", autocompletion=complete_datacenter
)
"""What verbs over blueprints are pointed at."""
CHECK = typer.Option(False, "--check", help="Write nothing; exit 1 where something would change.")
DIFF = typer.Option(False, "--diff", help="Write nothing; print what would change.")
"""How verbs that write are kept from it."""
