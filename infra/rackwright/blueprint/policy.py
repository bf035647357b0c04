"""How a team weighs findings, and what its industry demands."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from rackwright.blueprint.model import Model

Profile: TypeAlias = Literal["manufacturing", "healthcare", "autonomous-driving", "finance"]


class Policy(Model):
    """A team's own weights."""

    severity: dict[str, Literal["error", "warning", "note"]] = Field(default_factory=dict)
    """Code of a finding to the severity it has here, as NET-W105: error."""
