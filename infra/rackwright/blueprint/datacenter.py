"""The root of a blueprint: a datacenter, its sites and what stands in them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StringConstraints

from rackwright.blueprint.access import AwsAccess, GcpAccess
from rackwright.blueprint.cluster import AwsCluster, GcpCluster
from rackwright.blueprint.limits import Budget, Power, Quotas
from rackwright.blueprint.links import AnyLink
from rackwright.blueprint.model import ACCOUNT, BILLING, LINE, Model, Name, Overrides, ProjectId
from rackwright.blueprint.monitoring import AwsMonitoring, GcpMonitoring
from rackwright.blueprint.network import AwsNetwork, GcpNetwork
from rackwright.blueprint.policy import Policy, Profile
from rackwright.blueprint.security import AwsKeys, AwsSecurity, GcpKeys, GcpSecurity
from rackwright.blueprint.storage import Backup, Storage
from rackwright.blueprint.suppression import Suppression

AccountId = Annotated[str, StringConstraints(pattern=ACCOUNT)]


class Owner(Model):
    """Who answers for the datacenter and who pays."""

    team: Annotated[str, StringConstraints(pattern=LINE)]
    """Team that owns it; on every resource as a tag or label."""
    cost_center: Annotated[str, StringConstraints(pattern=LINE)]
    """Where the cost is booked; quote numbers ("4711")."""


class AwsSite(Model):
    """A region of AWS: network, keys, storage and audit in one stack, each cluster in a stack of its own."""

    cloud: Literal["aws"]
    renamed_from: Name | None = None
    """Name that the site had before; its stacks are renamed, its resources stay."""
    account: AccountId
    """The twelve-digit account; programs refuse to run in any other."""
    region: str
    """AWS region, as us-east-1."""
    network: AwsNetwork
    """Addresses, zones and the way out."""
    access: AwsAccess = AwsAccess()
    """How hosts are reached."""
    keys: AwsKeys = AwsKeys()
    """What encrypts."""
    security: AwsSecurity = AwsSecurity()
    """What bounds the identities of the site, and what is recorded of them."""
    quotas: Quotas = Field(default_factory=dict)
    """What the account is granted in the region, where you want it compared, as L-417A185B: 768."""
    backup: Backup | None = None
    """Daily backups of the storage that asks for them with `backups`; default: what each service does by itself."""
    monitoring: AwsMonitoring | None = None
    """Alarms, and who is told; default: none."""
    storage: dict[Name, Storage] = Field(default_factory=dict)
    """What outlives clusters, by name."""
    clusters: dict[Name, AwsCluster] = Field(default_factory=dict)
    """What computes, by name."""
    overrides: Overrides = Field(default_factory=dict)
    """Arguments of the site's own resources, by their role in plan and program; a last resort."""


class GcpSite(Model):
    """A region of Google Cloud: network, keys, storage and audit in one stack, each cluster in a stack of its own."""

    cloud: Literal["gcp"]
    renamed_from: Name | None = None
    """Name that the site had before; its stacks are renamed, its resources stay."""
    project: ProjectId
    """The project id; programs run in no other."""
    billing_account: Annotated[str, StringConstraints(pattern=BILLING)] | None = None
    """The billing account that pays for the project; the alerts of a budget stand in it."""
    region: str
    """GCP region, as us-central1."""
    network: GcpNetwork
    """Addresses, zones and the way out."""
    access: GcpAccess = GcpAccess()
    """How hosts are reached."""
    keys: GcpKeys = GcpKeys()
    """What encrypts."""
    security: GcpSecurity = GcpSecurity()
    """What is recorded of the site."""
    quotas: Quotas = Field(default_factory=dict)
    """What the project is granted in the region, where you want it compared, as NVIDIA_H100_MEGA_GPUS: 64."""
    backup: Backup | None = None
    """Daily backups of the storage that asks for them with `backups`; default: none."""
    monitoring: GcpMonitoring | None = None
    """Alarms, and who is told; default: none."""
    storage: dict[Name, Storage] = Field(default_factory=dict)
    """What outlives clusters, by name."""
    clusters: dict[Name, GcpCluster] = Field(default_factory=dict)
    """What computes, by name."""
    overrides: Overrides = Field(default_factory=dict)
    """Arguments of the site's own resources, by their role in plan and program; a last resort."""


Site: TypeAlias = Annotated[AwsSite | GcpSite, Field(discriminator="cloud")]


class Blueprint(Model):
    """A datacenter as its owners review it."""

    blueprint: Literal[1]
    """Version of this language."""
    name: Name
    """Name of the datacenter: the folder under stacks/ and the first part of every stack's name."""
    renamed_from: Name | None = None
    """Name that it had before; its stacks are renamed, their resources stay."""
    owner: Owner
    """Who answers for it and who pays."""
    environment: Literal["dev", "staging", "prod"] = "prod"
    """What it is for; on every resource as a tag or label."""
    profile: Profile | None = None
    """Industry whose demands must hold here."""
    budget: Budget | None = None
    """What it may cost."""
    power: Power | None = None
    """What it may draw, and from which grids."""
    policy: Policy = Policy()
    """How the team weighs findings."""
    sites: dict[Name, Site] = Field(min_length=1)
    """Where it stands, by name."""
    links: dict[Name, AnyLink] = Field(default_factory=dict)
    """Private ways between its sites, by name; each has a stack of its own."""
    bases: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    """Parts of sites, clusters and storage that others extend, as bases.NAME; nothing by themselves."""
    suppress: tuple[Suppression, ...] = Field(default=(), strict=False)
    """Findings that are accepted, each with its reason."""
