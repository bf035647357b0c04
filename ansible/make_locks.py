"""Make the hash-locked requirements of the TensorFlow role: `python ansible/make_locks.py` (needs uv and the index)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).parent / "roles" / "tensorflow" / "files" / "locks"
UV = "uv==0.13.9\n"
"""What installs the packages on the hosts, whatever platform they are."""
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
VARIANTS = {
    "cpu": "tensorflow-cpu==2.21.0\nscikit-learn\n",
    "cuda": "tensorflow[and-cuda]==2.21.0\nscikit-learn\n",
}
"""What is locked; scikit-learn brings the handwritten digits and the classification metrics."""


def main() -> None:
    """Write one lock per variant and Python version, and that of uv, whose digests are of every platform's build."""
    lock("uv", UV, PYTHONS[0])
    for variant, wanted in VARIANTS.items():
        for python in PYTHONS:
            lock(f"{variant}-py{python.replace('.', '')}", wanted, python)


def lock(name: str, wanted: str, python: str) -> None:
    """Write the lock of some packages for a Python version."""
    uv = Path(sys.executable).parent / "uv"
    command = [
        str(uv if uv.exists() else "uv"), "pip", "compile", "-", "--quiet", "--no-header", "--generate-hashes",
        "--no-emit-find-links", "--no-annotate", f"--python-version={python}",
        "--python-platform=x86_64-manylinux_2_28",
        "--output-file", str(LOCKS / f"{name}.txt"),
    ]  # fmt: skip
    subprocess.run(command, input=wanted, text=True, check=True)


if __name__ == "__main__":
    main()
