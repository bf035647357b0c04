"""What every section needs to know: whose site, which names, which labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, GcpSite
from rackwright.derive import places
from rackwright.derive.images import Ids, alias_of
from rackwright.plan import Lit, Provider, StackReference, args
from rackwright.planning.area import PROVIDER, Area
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.diagnostics import Path

CLOUD = "gcp"
LABEL_LENGTH = 63


@dataclass(frozen=True, slots=True)
class GcpStack:
    """One stack of a Google Cloud site: the site's own, or, with `cluster`, a cluster's.

    Its nodes start from the images in `ids`; other aliases are looked up.
    """

    blueprint: Blueprint
    site_name: str
    site: GcpSite
    cluster: str = ""
    ids: Ids = field(default_factory=dict)

    @property
    def stack(self) -> str:
        """The stack's name."""
        if self.cluster:
            return places.cluster_stack(self.blueprint.name, self.site_name, self.cluster)
        return self.site_stack

    @property
    def site_stack(self) -> str:
        """The name of the site's stack."""
        return places.site_stack(self.blueprint.name, self.site_name)

    @property
    def label(self) -> str:
        """The stack's name as resource names write it."""
        return places.label(self.stack)

    @property
    def path(self) -> Path:
        """Where the site stands in the blueprint."""
        return ("sites", self.site_name)

    def uses(self, kind: str) -> bool:
        """Return whether the site has storage of a kind."""
        return any(volume.kind == kind for volume in self.site.storage.values())

    def makes(self, kind: str) -> bool:
        """Return whether the site makes storage of a kind; what stands already is only used."""
        return any(one.kind == kind and not getattr(one, "existing", None) for one in self.site.storage.values())

    @property
    def is_shared(self) -> bool:
        """Whether the network is another project's, whose owner decides what its firewall admits."""
        given = self.site.network.existing
        return given is not None and given.host_project not in {None, self.site.project}

    def watches(self, what: str) -> bool:
        """Return whether somebody is told what goes wrong with nodes, nat or storage."""
        return self.site.monitoring is not None and what in self.site.monitoring.watch

    def image(self, name: str, arch: str) -> str:
        """Return the image that the lock says for an alias; the name itself where it says none."""
        alias = alias_of(self.site, name, arch)
        return self.ids.get(alias, name) if alias else name

    def area(self, section: str, *path: str | int) -> Area:
        """Return a section of the program, caused by a path below the site."""
        return Area(CLOUD, section, (*self.path, *path))

    def labels(self) -> dict[str, str]:
        """Return the labels every resource of the stack carries, in the characters labels may have."""
        given = {
            "rackwright-datacenter": self.blueprint.name,
            "rackwright-site": self.site_name,
            **({"rackwright-cluster": self.cluster} if self.cluster else {}),
            "rackwright-environment": self.blueprint.environment,
            "rackwright-team": self.blueprint.owner.team,
            "rackwright-cost-center": self.blueprint.owner.cost_center,
            **(self.site.clusters[self.cluster].labels if self.cluster else {}),
        }
        return {name: label_value(value) for name, value in given.items()}


def label_value(text: str) -> str:
    """Return a text as a label's value: lower case letters, digits, hyphens and underscores, at most 63."""
    return re.sub(r"[^a-z0-9_-]", "-", text.lower())[:LABEL_LENGTH]


def account(here: GcpStack) -> Planned:
    """Return the provider's section."""
    area = here.area("account", "project")
    inputs = args(
        project=here.site.project,
        region=here.site.region,
        add_pulumi_attribution_label=False,
        default_labels=here.labels(),
    )
    provider = Provider(PROVIDER, CLOUD, Lit("gcp"), inputs, area.section, area.origin)
    return Planned(
        area.titled(f"Account: everything lands in {here.site.project}, labeled with its owner"), (provider,)
    )


def site_reference(here: GcpStack) -> Planned:
    """Return the section that reads the site's stack."""
    area = here.area("site_stack")
    reference = StackReference("site", here.site_stack, area.section, area.origin)
    return Planned(area.titled(f"Site: what {here.site_stack} provides, read from its stack"), (reference,))
