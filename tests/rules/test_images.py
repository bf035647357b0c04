"""Images that are refused are those that the roles cannot configure."""

from __future__ import annotations

from pathlib import Path

from rackwright.catalog import images
from rackwright.rules.images import PYTHONS

LOCKS = Path(__file__).resolve().parents[2] / "ansible" / "roles" / "tensorflow" / "files" / "locks"


def test_what_rules_accept_is_what_the_role_has_locks_for() -> None:
    """A Python is accepted where there is a lock for hosts with and without a GPU, and nowhere else."""
    for variant in ("cpu", "cuda"):
        locks = {path.stem.removeprefix(f"{variant}-py3") for path in LOCKS.glob(f"{variant}-py3*.txt")}

        assert locks == {version.removeprefix("3.") for version in PYTHONS}


def test_only_amazon_linux_is_refused() -> None:
    """Every other alias brings a Python that can be installed for."""
    assert {one.alias for one in images() if one.python not in PYTHONS} == {"amazon-linux-2023"}
