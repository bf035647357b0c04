"""The only place that asks what time it is, so that everything else stays a function of its input."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(tz=UTC)


def seconds() -> float:
    """Return seconds of a monotonic clock, for durations."""
    return time.monotonic()


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)
