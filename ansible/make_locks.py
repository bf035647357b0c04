"""Make the hash-locked requirements of the TensorFlow role: `python ansible/make_locks.py [VARIANT ...]`, or all.

What each variant is made of stands in the catalog's software matrix and its releases. Needs uv and the index.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "infra"))

from rackwright.catalog.pins import variants

if TYPE_CHECKING:
    from rackwright.catalog import Software

LOCKS = Path(__file__).parent / "roles" / "tensorflow" / "files" / "locks"
UV = "uv==0.13.9"
"""What installs the packages on the hosts, whatever platform they are."""
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
PLATFORMS = {"amd64": "x86_64-manylinux_2_28", "arm64": "aarch64-manylinux_2_28"}
BESIDE = "scikit-learn"
"""What brings the handwritten digits and the classification metrics."""


def pythons(stack: Software) -> tuple[str, ...]:
    """Return the versions of Python that a variant is locked for."""
    most = PYTHONS.index(stack.python_max or PYTHONS[-1])
    return PYTHONS[: most + 1]


def main(asked: list[str]) -> None:
    """Write one lock per variant and Python version, and that of uv, whose digests are of every platform's build."""
    if not asked:
        lock("uv", (UV,), PYTHONS[0], PLATFORMS["amd64"])
    for variant, stack in variants().items():
        for python in pythons(stack) if not asked or variant in asked else ():
            name = f"{variant}-py{python.replace('.', '')}"
            lock(name, (*stack.requirements, BESIDE), python, PLATFORMS[stack.arch])


def lock(name: str, wanted: tuple[str, ...], python: str, platform: str) -> None:
    """Write the lock of some packages for a Python version and a platform."""
    uv = Path(sys.executable).parent / "uv"
    command = [
        str(uv if uv.exists() else "uv"), "pip", "compile", "-", "--quiet", "--no-header", "--generate-hashes",
        "--no-emit-find-links", "--no-annotate", f"--python-version={python}", f"--python-platform={platform}",
        "--output-file", str(LOCKS / f"{name}.txt"),
    ]  # fmt: skip
    subprocess.run(command, input="\n".join(wanted), text=True, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
