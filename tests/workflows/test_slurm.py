"""Slurm on booted hosts: one job over every node, READY; a node whose daemon is stopped, not READY, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workflows.test_rehearse import left_behind, rehearsed

from rackwright.checks.outcome import State

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.reports.document import Report

BLUEPRINT = """\
blueprint: 1
name: batch
owner: {team: ml-platform, cost_center: "4711"}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.91.0.0/20, zones: [us-east-1a]}
    clusters:
      train:
        machine: g6.12xlarge
        nodes: 2
        image: debian-12
        scheduler: {kind: slurm, partitions: {batch: {}, debug: {hours: 1, nodes: 1, priority: 10}}}
        validate: {dataset: digits, epochs: 10}
"""
pytestmark = pytest.mark.hosts


def run(tmp_path: Path, *faults: str) -> Report:
    """Return the report of a rehearsal of a cluster with a head and two nodes."""
    return rehearsed(tmp_path, "batch", BLUEPRINT, faults=faults)


def test_a_cluster_with_a_scheduler_is_ready(tmp_path: Path) -> None:
    """Every node is idle, and one job sees four accelerators on each."""
    report = run(tmp_path)
    states = {(one.check, one.host): one.state for one in report.outcomes() if one.check.startswith("scheduler.")}

    assert report.ready, [(one.host, one.check, one.reason) for one in report.outcomes() if not one.healthy]
    assert states == {
        ("scheduler.nodes", "train-0"): State.PASS,
        ("scheduler.nodes", "train-1"): State.PASS,
        ("scheduler.job", "train-head"): State.PASS,
    }
    assert left_behind() == []


def test_a_node_whose_daemon_is_stopped_is_not_ready_by_name(tmp_path: Path) -> None:
    """The job does not come back from it."""
    report = run(tmp_path, "slurmd-stopped=train-1")
    blocking = [one for verdict in report.verdicts for one in verdict.blocking]

    assert not report.ready
    assert "train-1" in next(one for one in blocking if one.check == "scheduler.job").reason
    assert left_behind() == []
