"""Findings that the owners of a blueprint have looked at and accept."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from rackwright.blueprint.model import WORDS, Day, Model


class Suppression(Model):
    """A finding that is accepted, with the reason; it is still listed, and no longer counts."""

    code: str
    """Code of the finding, as NET-W105."""
    at: str
    """Where it is accepted, as sites.use1.network.cidr: there and in everything below."""
    reason: Annotated[str, StringConstraints(pattern=WORDS)]
    """Why it is accepted, for those who review."""
    until: Day | None = None
    """Last day on which it is accepted; `check` judges it, `compile` does not."""
