"""How fast: windows of steps, each closed by reading a value back, after a warm-up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WARM_UP = 20
WINDOWS = 6
STEPS = 20
MAD_TO_SIGMA = 1.4826
"""Makes the median absolute deviation comparable with a standard deviation (normal distribution)."""


@dataclass(frozen=True)
class Speed:
    """Images a second over windows: median, jitter (scaled median absolute deviation), 95th percentile."""

    median: float
    jitter: float
    p95: float
    windows: int

    def as_data(self) -> dict[str, Any]:
        """Return the speed as JSON data."""
        return {
            "images_per_second": {"median": self.median, "jitter": self.jitter, "p95": self.p95},
            "windows": self.windows,
        }


def statistics(rates: Sequence[float]) -> Speed:
    """Return the speed of a list of images-a-second figures, one for each window."""
    values = np.asarray(rates, dtype=float)
    median = float(np.median(values))
    jitter = float(MAD_TO_SIGMA * np.median(np.abs(values - median)))
    return Speed(median, jitter, float(np.percentile(values, 95)), len(rates))


def measure(step: Callable[[], float], batch: int) -> tuple[float, Speed]:
    """Return the seconds of the first step, which compiles, and the speed; `step` returns a value read back."""
    begun = time.perf_counter()
    step()
    first = time.perf_counter() - begun
    for _ in range(WARM_UP):
        step()
    rates = []
    for _ in range(WINDOWS):
        begun = time.perf_counter()
        for _ in range(STEPS):
            step()
        rates.append(STEPS * batch / (time.perf_counter() - begun))
    return first, statistics(rates)
