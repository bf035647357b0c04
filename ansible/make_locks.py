"""Make the hash-locked requirements of the TensorFlow role: `python ansible/make_locks.py` (needs uv and the index)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).parent / "roles" / "tensorflow" / "files" / "locks"
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
VARIANTS = {
    "cpu": "tensorflow-cpu==2.21.0\nscikit-learn\n",
    "cuda": "tensorflow[and-cuda]==2.21.0\nscikit-learn\n",
}
"""What is locked; scikit-learn brings the handwritten digits and the classification metrics."""


def main() -> None:
    """Write one lock per variant and Python version."""
    uv = Path(sys.executable).parent / "uv"
    for variant, wanted in VARIANTS.items():
        for python in PYTHONS:
            target = LOCKS / f"{variant}-py{python.replace('.', '')}.txt"
            command = [
                str(uv if uv.exists() else "uv"), "pip", "compile", "-", "--quiet", "--no-header", "--generate-hashes",
                "--no-emit-find-links", "--no-annotate", f"--python-version={python}",
                "--python-platform=x86_64-manylinux_2_28",
                "--output-file", str(target),
            ]  # fmt: skip
            subprocess.run(command, input=wanted, text=True, check=True)


if __name__ == "__main__":
    main()
