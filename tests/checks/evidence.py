"""Hosts with results, as checks see them."""

from __future__ import annotations

from typing import Any

from rackwright.checks.evidence import Evidence
from rackwright.checks.measured import Benchmark, Node, Nothing
from rackwright.plan import Expectation, Validation

DIGITS = Validation("cnn", "digits", None, 10, "optional")
SILENT = Nothing("the host returned no result")


def node(*names: str, answers: bool = True, uuid: str = "GPU-1") -> Node:
    """Return a host whose driver lists devices of these names, or does not answer."""
    devices = [{"name": name, "uuid": uuid, "memory_mib": 23034, "driver_version": "580"} for name in names]
    facts = {"format": 1, "run_id": "r1", "machine_id": "m", "boot_id": "b", "tensorflow": None}
    return Node.model_validate({**facts, "accelerators": devices if answers else None})


def result(accuracy: float | None = 0.97, speed: float = 4000.0, dataset: str = "digits") -> Benchmark:
    """Return a result of the benchmark."""
    speeds = {"images_per_second": {"median": speed}}
    measured = {"accuracy": accuracy, "dataset": dataset, "training": speeds, "inference": speeds}
    return Benchmark.model_validate({"format": 1, "run_id": "r1", "status": "ok", **measured})


def host(name: str = "train-0", **fields: Any) -> Evidence:
    """Return a host of two L4 that reaches everything, but for `fields`."""
    expect = Expectation("g6.12xlarge", "L4", 2, 22.4, 48, 192.0)
    usual = {"node": node("NVIDIA L4", "NVIDIA L4"), "benchmark": result(), "validation": DIGITS}
    return Evidence(name, "dc.use1.train", **{"expect": expect, "repeat": "measure again", **usual, **fields})
