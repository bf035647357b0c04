"""Blueprints for tests of rules: a right one for each cloud, to be made wrong."""

from __future__ import annotations

from rackwright.blueprint.load import loads
from rackwright.rules import check_blueprint

AWS = """\
blueprint: 1
name: aurora
owner: {team: ml-platform, cost_center: "4711"}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.40.0.0/16, zones: [us-east-1a, us-east-1b], nat: per-zone}
    storage:
      datasets: {kind: object}
      home: {kind: file}
      scratch: {kind: parallel, size: 4800GiB, linked_to: datasets}
    clusters:
      train:
        machine: p5.48xlarge
        nodes: 4
        image: ubuntu-24.04-nvidia
        mounts: {/data: datasets, /scratch: scratch, /home: home}
"""
GCP = """\
blueprint: 1
name: boreal
owner: {team: ml-platform, cost_center: "4711"}
sites:
  euw4:
    cloud: gcp
    project: acme-ai-prod
    region: europe-west4
    network: {cidr: 10.50.0.0/16, zones: [europe-west4-b, europe-west4-c]}
    storage:
      datasets: {kind: object}
      home: {kind: file, size: 1TiB}
      scratch: {kind: parallel, size: 36000GiB}
    clusters:
      train:
        machine: a3-megagpu-8g
        nodes: 4
        mounts: {/data: datasets, /scratch: scratch, /home: home}
"""


def codes(text: str, *changes: tuple[str, str]) -> list[str]:
    """Return the codes found in a blueprint after changes, each of which must apply."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [finding.code for finding in check_blueprint(loads(text).blueprint)]
