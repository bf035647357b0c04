"""Clusters as users built, published or asked for them, as blueprints: what the language has words for, for each."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
REFUSED = {
    "aws-07": ("NET-E111",),  # P6e-GB200 stands in a Local Zone, which is not planned
    "aws-21": ("SOFT-E101",),  # Trainium with TensorFlow
    "gcp-14": ("FAB-E111",),  # the networks of bare-metal machines are not planned
    "tpu-08": ("LANG-E104",),  # the SDK knows no slice by flex-start
}
"""Shapes that `check` refuses, with why."""


def names() -> list[str]:
    """Return the names of all shapes."""
    return sorted(path.stem for path in HERE.glob("*.yaml"))


def path_of(name: str) -> Path:
    """Return the blueprint of a shape."""
    return HERE / f"{name}.yaml"


def planned() -> list[str]:
    """Return the names of those that become programs; they are golden too."""
    return [name for name in names() if name not in REFUSED]
