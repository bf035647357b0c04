"""A volume's deletion policy as resource options."""

from __future__ import annotations

from typing import Any


def deletion(policy: str) -> dict[str, Any]:
    """Return the options for `protect` (destroy refuses), `retain` (it stays in the cloud) or `delete` (it goes)."""
    return {"protect": {"protect": True}, "retain": {"retain_on_delete": True}, "delete": {}}[policy]
