"""Files of other tools are one finding each, whatever keys they have."""

from __future__ import annotations

import pytest

from rackwright.blueprint.load import loads
from rackwright.diagnostics import FindingsError

FILES = {
    "AWS ParallelCluster": "Region: us-east-1\nHeadNode: {InstanceType: t3.micro}\nScheduling: {Scheduler: slurm}\n",
    "Cluster Toolkit": "blueprint_name: hpc\nvars: {region: $(vars.region)}\ndeployment_groups: []\n",
    "SkyPilot": "resources: {accelerators: H100:8}\nnum_nodes: 2\nrun: python train.py\n",
    "dstack": "type: fleet\nnodes: 4\nresources: {gpu: H100:8}\n",
    "CloudFormation": "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n",
    "Kubernetes": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n",
    "Ansible": "- hosts: all\n  tasks: []\n",
}


@pytest.mark.parametrize("tool", FILES)
def test_a_file_of_another_tool_is_one_finding(tool: str) -> None:
    """Its keys are not read one by one."""
    with pytest.raises(FindingsError) as refused:
        loads(FILES[tool])

    assert [one.code for one in refused.value.findings] == ["LANG-E003"]
    assert tool in refused.value.findings[0].message


def test_a_blueprint_with_a_key_of_others_is_a_blueprint() -> None:
    """What has sites is read, and the key is the finding."""
    with pytest.raises(FindingsError) as refused:
        loads("blueprint: 1\nname: aurora\nowner: {team: ml, cost_center: x}\nsites: {}\ndeployment_groups: []\n")

    assert {one.code for one in refused.value.findings} == {"LANG-E101", "LANG-E106"}
