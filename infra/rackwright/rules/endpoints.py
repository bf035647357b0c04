"""Endpoints of a closed network: services that are reached by half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule
from rackwright.rules.software import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

HALVES = {
    "ecr.api": ("ecr.dkr", "hosts log into the registry and pull no image"),
    "ecr.dkr": ("ecr.api", "hosts find the registry and cannot log into it"),
}
"""Endpoints that are of no use alone: the other half of each, and what becomes of hosts without it."""


class HalfReached(Rule[Blueprint]):
    """One endpoint of a service that takes two."""

    problem = Problem(
        "NET-W122",
        Severity.WARNING,
        "A service is reached by half",
        "Pulling an image from ECR takes two endpoints: one for its API, where hosts get their password, and one for "
        "the registry itself. The layers come from S3, which has an endpoint always. Without NAT the other half is "
        "never reached, and pulling ends in a timeout.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: none, endpoints: [ecr.api, ecr.dkr]}",
        (
            "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
            "https://github.com/aws/amazon-ecs-agent/issues/2235",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the endpoints of every site without a way out."""
        for at in sites(subject):
            given = (at.site.network.endpoints or ()) if isinstance(at.site, AwsSite) and is_closed(at) else ()
            for index, service in enumerate(given):
                other, what = HALVES.get(service, (service, ""))
                if other not in given:
                    path = (*at.path, "network", "endpoints", index)
                    yield self.problem.at(path, f"with {service} alone {what}", f"add {other}")


RULES: tuple[Rule[Blueprint], ...] = (HalfReached(),)
