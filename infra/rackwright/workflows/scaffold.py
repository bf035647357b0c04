"""A team's own repository, and new datacenters in it. Never overwrites what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rackwright import __version__
from rackwright.diagnostics import StepError, suggest
from rackwright.rendering.environment import render
from rackwright.system import files
from rackwright.system.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

PRESETS = {"aws-gpu": "aws", "aws-p5": "aws", "gcp-gpu": "gcp", "gcp-tpu": "gcp"}
"""Shipped starting points and the cloud of each."""

PLACEHOLDER = {"aws": "000000000000", "gcp": "my-project-id"}
"""What stands for the account or project until its owner is asked; `check` reports it."""


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


def datacenter_files(name: str, preset: str, owner: Owner) -> dict[str, str]:
    """Return the blueprint of a new datacenter by relative path; raises StepError for an unknown preset."""
    if preset not in PRESETS:
        raise StepError(f"there is no preset {preset!r}", hint=suggest(preset, PRESETS))
    identity = owner.identity or PLACEHOLDER[PRESETS[preset]]
    text = render(
        f"presets/{preset}.yaml.j2", name=name, identity=identity, team=owner.team, cost_center=owner.cost_center
    )
    return {f"stacks/{name}/blueprint.yaml": text}
