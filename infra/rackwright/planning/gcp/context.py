"""What every section needs to know: whose site, which names, which labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, GcpSite
from rackwright.derive import places
from rackwright.derive.images import Ids, alias_of
from rackwright.plan import Lit, Provider, StackReference, args, out
from rackwright.planning.area import PROVIDER, Area
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.diagnostics import Path
    from rackwright.plan import Plain

CLOUD = "gcp"
LABEL_LENGTH = 63


@dataclass(frozen=True, slots=True)
class GcpStack:
    """One stack of a Google Cloud site: the site's own, with `cluster` a cluster's, with `link` that of a link.

    Its nodes start from the images in `ids`; other aliases are looked up. `end` says which end of the link the site is.
    """

    blueprint: Blueprint
    site_name: str
    site: GcpSite
    cluster: str = ""
    ids: Ids = field(default_factory=dict)
    link: str = ""
    end: str = ""

    @property
    def stack(self) -> str:
        """The stack's name."""
        if self.cluster:
            return places.cluster_stack(self.blueprint.name, self.site_name, self.cluster)
        return places.link_stack(self.blueprint.name, self.link) if self.link else self.site_stack

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
        """Where the site, or the link, stands in the blueprint."""
        return ("links", self.link) if self.link else ("sites", self.site_name)

    @property
    def provider(self) -> str:
        """The key of the provider, of which a link has one for each end."""
        return f"{self.end}_provider" if self.link else PROVIDER

    def uses(self, kind: str) -> bool:
        """Return whether the site has storage of a kind."""
        return any(volume.kind == kind for volume in self.site.storage.values())

    def makes(self, kind: str) -> bool:
        """Return whether the site makes storage of a kind; what stands already is only used."""
        return any(one.kind == kind and not getattr(one, "existing", None) for one in self.site.storage.values())

    def account(self, hosts: str) -> Plain:
        """Return the e-mail address of the service account of `hosts` (node, head): one that stands, or their own."""
        return self.site.security.identity.existing or out(f"{hosts}_account", "email")

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
        return Area(CLOUD, section, (*self.path, *path), self.provider)

    def labels(self) -> dict[str, str]:
        """Return the labels every resource of the stack carries, in the characters labels may have."""
        given = {
            "rackwright-datacenter": self.blueprint.name,
            "rackwright-site": self.site_name,
            **({"rackwright-cluster": self.cluster} if self.cluster else {}),
            **({"rackwright-link": self.link} if self.link else {}),
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
    title = f"Account: everything lands in {here.site.project}, labeled with its owner"
    return Planned(area.titled(title), (provider(here, area, CLOUD),))


def provider(here: GcpStack, area: Area, name: str) -> Provider:
    """Return a provider bound to the project and the region of a site."""
    inputs = args(
        project=here.site.project,
        region=here.site.region,
        add_pulumi_attribution_label=False,
        default_labels=here.labels(),
    )
    return Provider(here.provider, CLOUD, Lit(name), inputs, area.section, area.origin)


def site_reference(here: GcpStack) -> Planned:
    """Return the section that reads the site's stack."""
    area = here.area("site_stack")
    reference = StackReference("site", here.site_stack, area.section, area.origin)
    return Planned(area.titled(f"Site: what {here.site_stack} provides, read from its stack"), (reference,))
