"""Where templates, playbooks and the Pulumi entry are: in a checkout at its top, in a wheel beside the package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, as templates, ansible or infra/__main__.py."""
    inside = PACKAGE / "_shipped" / name
    return inside if inside.exists() else PACKAGE.parent.parent / name
