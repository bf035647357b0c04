"""What is not exactly a result of this run is no measurement."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rackwright.checks.measured import Benchmark, Node, Nothing, read

SPEED = {"images_per_second": {"median": 4000.0, "jitter": 1.0, "p95": 4100.0}, "windows": 6}
GOOD = {
    "format": 1,
    "run_id": "r1",
    "status": "ok",
    "dataset": "digits",
    "accuracy": 0.97,
    "f1": 0.97,
    "training": SPEED,
    "inference": SPEED,
}


def rated(median: float | str) -> dict[str, Any]:
    """Return a timed phase with that median rate."""
    return {"images_per_second": {"median": median}}


def test_a_result_of_this_run_is_read() -> None:
    """The figures are there."""
    result = read(json.dumps(GOOD), Benchmark, "r1")

    assert isinstance(result, Benchmark)
    assert (result.accuracy, result.training.images_per_second.median) == (0.97, 4000.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "the host returned no result"),
        ("", "the result is not one"),
        (json.dumps(GOOD)[:100], "the result is not one"),
        (json.dumps({**GOOD, "run_id": "r0"}), "the result is of another run (r0)"),
        (json.dumps({**GOOD, "accuracy": 1.7}), "the result is not one: accuracy"),
        (json.dumps({**GOOD, "accuracy": "high"}), "the result is not one: accuracy"),
        (json.dumps({**GOOD, "training": {"images_per_second": {"median": 0}}}), "training.images_per_second.median"),
        (json.dumps({**GOOD, "format": 2}), "the result is not one: format"),
        (json.dumps({**GOOD, "status": "failed", "reason": "no disk"}), "the benchmark failed: no disk"),
        (json.dumps({**GOOD, "accuracy": float("nan")}), "the result is not one: accuracy"),
        (json.dumps({**GOOD, "accuracy": -0.1}), "the result is not one: accuracy"),
        (json.dumps({**GOOD, "training": rated(float("nan"))}), "training.images_per_second.median"),
        (json.dumps({**GOOD, "training": rated(-4000.0)}), "training.images_per_second.median"),
        (json.dumps({**GOOD, "inference": rated(float("inf"))}), "inference.images_per_second.median"),
        (json.dumps({**GOOD, "inference": rated("fast")}), "inference.images_per_second.median"),
        (json.dumps({name: GOOD[name] for name in GOOD if name != "training"}), "training Field required"),
        (json.dumps({**GOOD, "status": "unknown"}), "the result is not one: status"),
        ("[]", "the result is not one"),
        ("null", "the result is not one"),
    ],
)
def test_anything_else_is_nothing_with_a_reason(text: str | None, reason: str) -> None:
    """Missing, cut off, of another run, impossible, failed: each says why."""
    result = read(text, Benchmark, "r1")

    assert isinstance(result, Nothing)
    assert reason in result.reason


def test_a_host_without_a_driver_is_known_to_have_none() -> None:
    """No answer of a driver is not the same as no device: it stays None."""
    text = json.dumps(
        {"format": 1, "run_id": "r1", "machine_id": "m", "boot_id": "b", "accelerators": None, "tensorflow": None}
    )
    node = read(text, Node, "r1")

    assert isinstance(node, Node)
    assert node.accelerators is None
