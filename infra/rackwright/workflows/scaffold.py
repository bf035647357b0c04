"""A team's own repository, and new datacenters in it. Never overwrites what is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rackwright import __version__
from rackwright.diagnostics import StepError, suggest
from rackwright.diagnostics.record import dataclass
from rackwright.rendering.environment import render
from rackwright.system import files
from rackwright.system.shipped import shipped

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

PLACEHOLDER = {"aws": "000000000000", "gcp": "my-project-id"}
"""What stands for the account or project until its owner is asked; `check` reports it."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A shipped starting point, as its file tells."""

    name: str
    cloud: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a new datacenter belongs to."""

    identity: str
    team: str
    cost_center: str


def repository_files(project: str) -> dict[str, str]:
    """Return the files of a team's repository by relative path."""
    context = {"project": project, "version": __version__, "extras": "aws,gcp"}
    return {
        "Pulumi.yaml": render("init/Pulumi.yaml.j2", **context),
        "infra/__main__.py": shipped("infra/__main__.py").read_text(encoding="utf-8"),
        "infra/requirements.txt": shipped("infra/requirements.txt").read_text(encoding="utf-8"),
        ".github/workflows/blueprints.yml": render("init/workflow.yml.j2", **context),
        ".gitignore": render("init/gitignore.j2"),
        "stacks/.gitkeep": "",
    }


def write_new(root: Path, wanted: dict[str, str]) -> tuple[str, ...]:
    """Write the files that are missing and return their names; raises StepError where one exists with other text."""
    existing = {name: (root / name).read_text(encoding="utf-8") for name in wanted if (root / name).exists()}
    clashes = [name for name, text in existing.items() if text != wanted[name]]
    if clashes:
        raise StepError(
            f"these files exist already: {', '.join(clashes)}", hint="move them away, or keep what you have"
        )
    missing = tuple(name for name in wanted if name not in existing)
    for name in missing:
        files.write_atomic(root / name, wanted[name])
    return missing


def presets() -> dict[str, Preset]:
    """Return the shipped starting points by name."""
    found = (_preset(path) for path in sorted(shipped("templates/presets").glob("*.yaml.j2")))
    return {one.name: one for one in found}


def _preset(path: Path) -> Preset:
    """Return what a preset's file tells: its first line is a sentence, and its first `cloud:` is its cloud."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cloud = next(line.split()[1] for line in lines if line.strip().startswith("cloud:"))
    return Preset(path.name.removesuffix(".yaml.j2"), cloud, lines[0].removeprefix("# "))


def datacenter_files(name: str, preset: str, owner: Owner, today: date) -> dict[str, str]:
    """Return the blueprint of a new datacenter by relative path; raises StepError for an unknown preset.

    What a preset buys for a week begins today.
    """
    known = presets()
    if preset not in known:
        raise StepError(f"there is no preset {preset!r}", hint=suggest(preset, known))
    identity = owner.identity or PLACEHOLDER[known[preset].cloud]
    text = render(
        f"presets/{preset}.yaml.j2",
        name=name,
        identity=identity,
        team=owner.team,
        cost_center=owner.cost_center,
        today=today,
        in_a_week=today + timedelta(days=7),
    )
    return {f"stacks/{name}/blueprint.yaml": text}
