"""The network of a site: made for it, or one that stands already."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints

from rackwright.blueprint.model import GCE_NAME, HOST, HOSTED_ZONE, SUBNET, URL, VPC, ZONE, Cidr, Days, Model, ProjectId

VpcId = Annotated[str, StringConstraints(pattern=VPC)]
SubnetId = Annotated[str, StringConstraints(pattern=SUBNET)]
GceName = Annotated[str, StringConstraints(pattern=GCE_NAME)]


def _subnet(given: Any) -> Any:
    """Return `subnet-...` as {id: subnet-...}."""
    return {"id": given} if isinstance(given, str) else given


class ExistingSubnet(Model):
    """A subnet that somebody else made."""

    id: SubnetId
    """Its id."""
    cidr: Cidr | None = None
    """Its addresses; where stated, they are counted here and compared when the program runs."""


class ExistingVpc(Model):
    """A VPC that somebody else made: referenced, never managed."""

    vpc: VpcId
    """Its id."""
    subnets: dict[
        str, Annotated[ExistingSubnet, BeforeValidator(_subnet, json_schema_input_type=SubnetId | ExistingSubnet)]
    ] = Field(min_length=1)
    """Zone to the private subnet for its hosts: an id, or {id, cidr}."""


class ExistingNetwork(Model):
    """A network of Google Cloud that somebody else made, of this project or shared by a host project."""

    network: GceName
    """Its name."""
    subnetwork: GceName
    """The subnetwork, in the site's region, that hosts stand in."""
    host_project: ProjectId | None = None
    """The project that shares it; default: the site's own."""
    cidr: Cidr | None = None
    """Addresses of the subnetwork; where stated, they are counted."""


class Proxy(Model):
    """A web proxy through which hosts reach the internet."""

    url: Annotated[str, StringConstraints(pattern=URL)]
    """Its address; a password in it would stand in the inventory and is refused."""
    bypass: tuple[Annotated[str, StringConstraints(pattern=HOST)], ...] = Field(default=(), strict=False)
    """Hosts, domains and blocks that are reached directly, besides the site's own and the cloud's storage."""


class Dns(Model):
    """Names of hosts, in a private zone of the network."""

    zone: Annotated[str, StringConstraints(pattern=ZONE)]
    """Domain of the zone, as ai.acme.internal; a node is NODE.CLUSTER.ZONE, as train-0.train.ai.acme.internal."""


class AwsDns(Dns):
    """A private hosted zone of Route 53."""

    existing: Annotated[str, StringConstraints(pattern=HOSTED_ZONE)] | None = None
    """Id of a zone that stands already: hosts get records in it, nothing else of it is changed."""


class GcpDns(Dns):
    """A private zone of Cloud DNS."""

    existing: GceName | None = None
    """Name of a zone of the project that stands already: hosts get records in it, nothing else of it is changed."""


class Network(Model):
    """One VPC with a private subnet in every zone."""

    cidr: Cidr
    """Addresses of the whole site, IPv4. Subnets are cut from it."""
    zones: tuple[str, ...] = Field(min_length=1, strict=False)
    """Zones (AWS: availability zones; GCP: zones) with a subnet. Their order never matters to names."""
    nat: Literal["none", "single", "per-zone"] = "single"
    """How private hosts reach the internet: not at all, through one gateway, or through one gateway a zone."""
    flow_logs: bool = True
    """Record accepted and refused connections."""
    proxy: Proxy | None = None
    """How hosts reach what they install; default: directly."""
    package_index: Annotated[str, StringConstraints(pattern=URL)] | None = None
    """Index of Python packages that mirrors PyPI."""


Service: TypeAlias = Literal[
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "elasticfilesystem",
    "fsx",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sts",
]
"""Services of AWS that an interface endpoint brings into a VPC, as endpoints name them."""


class AwsNetwork(Network):
    """The network of a site on AWS."""

    flow_log_days: Days = 90
    """Days for which records of connections are kept, of those that CloudWatch Logs has: 90, 365, 2192, ..."""

    endpoints: tuple[Service, ...] | None = Field(default=None, strict=False)
    """Services reached inside the VPC, besides S3 and Systems Manager, each at a price an hour and zone.

    Default: none where there is NAT; with `nat: none` what hosts call: keys, logs, metrics, images, identities."""

    dns: AwsDns | None = None
    """Names of hosts; default: none but those that AWS gives."""
    existing: ExistingVpc | None = None
    """A VPC to stand in instead of one of its own."""


class GcpNetwork(Network):
    """The network of a site on Google Cloud."""

    dns: GcpDns | None = None
    """Names of hosts; default: none but those that Google Cloud gives."""
    existing: ExistingNetwork | None = None
    """A network to stand in instead of one of its own."""
