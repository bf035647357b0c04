"""What every AWS section needs to know: whose site, which names, which tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint
from rackwright.derive import places
from rackwright.derive.images import Ids, alias_of
from rackwright.planning.area import PROVIDER, Area

if TYPE_CHECKING:
    from rackwright.diagnostics import Path

CLOUD = "aws"


@dataclass(frozen=True, slots=True)
class AwsStack:
    """One stack of an AWS site: the site's own, with `cluster` a cluster's, with `link` that of a link.

    Its nodes start from the images in `ids`; other aliases are looked up. `end` says which end of the link the site is.
    """

    blueprint: Blueprint
    site_name: str
    site: AwsSite
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

    @property
    def role(self) -> str:
        """The role that the program of a link takes on in the site's account, "" where it has none to."""
        return self.blueprint.links[self.link].roles.get(self.site_name, "") if self.link else ""

    @property
    def is_logged(self) -> bool:
        """Whether the site logs the connections of its network; what stands already is logged by its owner."""
        return self.site.network.flow_logs and self.site.network.existing is None

    @property
    def is_audited(self) -> bool:
        """Whether the site records who reads and writes the objects of its buckets."""
        return self.site.security.audit == "data-access"

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

    def tags(self) -> dict[str, str]:
        """Return the tags every resource of the stack carries."""
        return {
            "rackwright:datacenter": self.blueprint.name,
            "rackwright:site": self.site_name,
            **({"rackwright:cluster": self.cluster} if self.cluster else {}),
            **({"rackwright:link": self.link} if self.link else {}),
            "rackwright:environment": self.blueprint.environment,
            "rackwright:team": self.blueprint.owner.team,
            "rackwright:cost-center": self.blueprint.owner.cost_center,
            **(self.site.clusters[self.cluster].labels if self.cluster else {}),
        }
