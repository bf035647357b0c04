"""Compilation is proved: a program and its plan, given the same answers, must ask for exactly the same things."""

from rackwright.engine.proof.compare import Mismatch
from rackwright.engine.proof.prove import prove, prove_dry_run

__all__ = ["Mismatch", "prove", "prove_dry_run"]
