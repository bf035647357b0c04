"""Speed is that of windows after a warm-up, robust against one slow window."""

from __future__ import annotations

import pytest
from rackwright_benchmark import timing
from rackwright_benchmark.timing import STEPS, WARM_UP, WINDOWS, measure, statistics


class Clock:
    """A clock that moves when a step runs: 2 s for the first, which compiles, 1 s for those after it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = 0

    def perf_counter(self) -> float:
        """Return the time."""
        return self.now

    def step(self) -> float:
        """Take one step."""
        self.now += 2.0 if self.steps == 0 else 1.0
        self.steps += 1
        return 0.0


def test_statistics_are_median_scaled_deviation_and_percentile() -> None:
    """Of 90 to 110: median 100, deviations 10, 0, 10 give 14.826; one wild window moves none of them far."""
    found = statistics([90.0, 100.0, 110.0])
    wild = statistics([100.0, 101.0, 99.0, 100.0, 1.0])

    assert (found.median, found.windows) == (100.0, 3)
    assert found.jitter == pytest.approx(14.826)
    assert found.p95 == pytest.approx(109.0)
    assert (wild.median, wild.jitter) == (100.0, pytest.approx(1.4826))


def test_one_window_has_no_jitter() -> None:
    """A single figure is its own median and percentile."""
    found = statistics([42.0])

    assert (found.median, found.jitter, found.p95) == (42.0, 0.0, 42.0)


def test_windows_follow_the_first_step_and_the_warm_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step is timed alone, the warm-up not at all, and each window is its steps' images by its seconds."""
    clock = Clock()
    monkeypatch.setattr(timing, "time", clock)
    first, speed = measure(clock.step, batch=32)

    assert first == 2.0
    assert clock.steps == 1 + WARM_UP + WINDOWS * STEPS
    assert speed.as_data() == {"images_per_second": {"median": 32.0, "jitter": 0.0, "p95": 32.0}, "windows": WINDOWS}
