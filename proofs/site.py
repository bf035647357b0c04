"""The cheap site that a proof deploys: one machine without an accelerator, one bucket, nothing that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics.record import dataclass
from rackwright.workflows.scaffold import repository_files, write_new

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cloud:
    """What a proof needs of a cloud: how a site names its owner, where it stands by default, its machine.

    `program` is the cloud's own; `whoami` are its words that print the account, `{account}` being the one asked for.
    """

    key: str
    region: str
    zone: str
    machine: str
    family: str
    program: str
    whoami: tuple[str, ...]


CLOUDS = {
    "aws": Cloud(
        key="account",
        region="us-east-1",
        zone="{region}a",
        machine="m5.large",
        family="m5",
        program="aws",
        whoami=("sts", "get-caller-identity", "--query", "Account", "--output", "text"),
    ),
    "gcp": Cloud(
        key="project",
        region="us-central1",
        zone="{region}-a",
        machine="e2-standard-2",
        family="e2",
        program="gcloud",
        whoami=("projects", "describe", "{account}", "--format=value(projectId)"),
    ),
}
SITE, CLUSTER = "proof.one", "proof.one.nodes"
BLUEPRINT = """\
# One cheap machine: is what the programs say what a real account takes?
blueprint: 1
name: proof
owner: {{team: rackwright, cost_center: "0"}}
environment: dev
sites:
  one:
    cloud: {cloud}
    {key}: "{account}"
    region: {region}
    network: {{cidr: 10.90.0.0/16, zones: [{zone}], nat: single}}
    storage:
      data: {{kind: object, deletion: delete}}
    clusters:
      nodes:
        machine: {machine}
        nodes: 1
        image: ubuntu-24.04
        mounts: {{/data: data}}
        validate: {{benchmark: cnn, dataset: digits}}
"""


def blueprint(cloud: str, account: str, region: str) -> str:
    """Return the text of the site's blueprint."""
    about = CLOUDS[cloud]
    zone = about.zone.format(region=region)
    return BLUEPRINT.format(
        cloud=cloud, key=about.key, account=account, region=region, zone=zone, machine=about.machine
    )


def write(work: Path, text: str) -> None:
    """Write a repository with the site's blueprint into a folder; what is there already stays as it is."""
    wanted = {**repository_files("proof"), "stacks/proof/blueprint.yaml": text}
    write_new(work, {name: one for name, one in wanted.items() if not (work / name).exists()})
