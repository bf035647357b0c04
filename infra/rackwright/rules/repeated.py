"""Lists in which something stands twice, where once is all it can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsNetwork, Blueprint
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import machine_clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class Repeated(Rule[Blueprint]):
    """An item that its list has already."""

    problem = Problem(
        "LANG-E107",
        Severity.ERROR,
        "An item stands twice in a list",
        "The second one has no effect: it was meant to be another one, or it is too much.",
        "network: {nat: none, endpoints: [kms, logs]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every list of different things, and name what stands there again."""
        for path, items in _lists(subject):
            for index, item in enumerate(items):
                if item in items[:index]:
                    message = f"{item} is in {path[-1]} already"
                    yield self.problem.at((*path, index), message, "remove it, or write the other one that was meant")


def _lists(blueprint: Blueprint) -> Iterator[tuple[Path, tuple[object, ...]]]:
    """Yield every list of different things that no rule of its own looks at."""
    for at in sites(blueprint):
        network, path = at.site.network, (*at.path, "network")
        if isinstance(network, AwsNetwork) and network.endpoints:
            yield (*path, "endpoints"), network.endpoints
        if network.proxy:
            yield (*path, "proxy", "bypass"), network.proxy.bypass
        if at.site.monitoring:
            yield (*at.path, "monitoring", "watch"), at.site.monitoring.watch
    for place, cluster in machine_clusters(blueprint):
        yield (*place.path, "nodes", "without"), cluster.nodes.without
    for name, link in blueprint.links.items():
        yield from ((("links", name, "ports", site), ports) for site, ports in link.ports.items())


RULES: tuple[Rule[Blueprint], ...] = (Repeated(),)
