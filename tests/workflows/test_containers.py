"""A cluster with containers on booted hosts: Docker runs on them; an image behind an identity is said, not run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from tests.workflows.test_rehearse import left_behind, rehearsed

from rackwright.checks.outcome import State

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.checks.outcome import Outcome
    from rackwright.reports.document import Report

BLUEPRINT = """\
blueprint: 1
name: docks
owner: {team: ml-platform, cost_center: "4711"}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.92.0.0/20, zones: [us-east-1a]}
    clusters:
      train:
        machine: c7i.xlarge
        nodes: 1
        image: debian-12
        software: {containers: docker}
        validate:
          dataset: digits
          acceptance:
            engine: {command: "sudo docker info --format '{{json .}}'", value: Containers, at_most: 0}
            loss:
              command: accept
              image: 210987654321.dkr.ecr.us-east-1.amazonaws.com/accept@sha256:DIGEST
              value: loss
              at_most: 2.5
"""


def run(tmp_path: Path, text: str, hosts: Literal["booted", "loopback"]) -> Report:
    """Return the report of a rehearsal of a cluster of one host."""
    return rehearsed(tmp_path, "docks", text.replace("DIGEST", "5e1f" * 16), hosts)


def outcome(report: Report, name: str) -> Outcome:
    """Return what became of a command of the team's own."""
    return next(one for one in report.outcomes() if one.check == f"acceptance.{name}")


@pytest.mark.hosts
def test_booted_hosts_run_docker(tmp_path: Path) -> None:
    """As nodes will; what lies in a registry that wants the identity of a node is said and decides nothing."""
    report = run(tmp_path, BLUEPRINT, "booted")
    image = outcome(report, "loss")

    assert report.ready, [(one.host, one.check, one.reason) for one in report.outcomes() if not one.healthy]
    assert outcome(report, "engine").state is State.PASS
    assert (image.state, image.required) == (State.NOT_APPLICABLE, False)
    assert "identity" in image.reason
    assert left_behind() == []


@pytest.mark.slow
def test_loopback_hosts_run_no_containers_and_say_so(tmp_path: Path) -> None:
    """This machine is left as it is, whether it has Docker or not."""
    text = "\n".join(line for line in BLUEPRINT.splitlines() if "engine:" not in line)
    report = run(tmp_path, text, "loopback")
    image = outcome(report, "loss")

    assert report.ready, [(one.host, one.check, one.reason) for one in report.outcomes() if not one.healthy]
    assert (image.state, image.required) == (State.NOT_APPLICABLE, False)
    assert "loopback hosts share this machine" in image.reason
