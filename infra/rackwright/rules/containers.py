"""Containers: hosts that run none, images that change behind a verdict, registries that let nobody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint, SliceCluster
from rackwright.catalog import image
from rackwright.catalog.images import no_client
from rackwright.derive.choice import host
from rackwright.derive.places import owner
from rackwright.derive.registries import HUB, images, is_pinned, registry_of
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import ClusterPlace, clusters, machine_clusters
from rackwright.rules.rule import Rule
from rackwright.rules.software import bare, is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDPOINTS = frozenset({"ecr.api", "ecr.dkr"})
HUB_LIMIT = 100
"""Pulls that Docker Hub grants one address in six hours, where nobody logged in (Docker Hub usage and limits)."""
PULLS = "https://docs.docker.com/docker-hub/usage/pulls/"
ECR = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/"
ARTIFACTS = "https://cloud.google.com/artifact-registry/docs/access-control"
PINNED = "registry.acme.example/accept@sha256:5e1f..."
EXAMPLE = f"""\
software: {{containers: docker}}
validate: {{acceptance: {{loss: {{command: accept, image: {PINNED}, value: loss, at_most: 2.5}}}}}}"""


class NothingToRunIn(Rule[Blueprint]):
    """An image on hosts without containers."""

    problem = Problem(
        "VAL-E108",
        Severity.ERROR,
        "An image on hosts that run no containers",
        "A command with an `image` runs in a container of it. Nothing on the hosts starts containers until the cluster "
        "asks for what does; where a command without an image should run, leave the image out.",
        EXAMPLE,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image of clusters without containers."""
        for place in clusters(subject):
            if place.cluster.software.containers == "none":
                slices = isinstance(place.cluster, SliceCluster)
                hint = "remove image: slices run no containers" if slices else "add software: {containers: docker}"
                for path, name, _ in _images(place):
                    yield self.problem.at(path, f"hosts of {place.name} have nothing that runs '{name}'", hint)


class MovingImage(Rule[Blueprint]):
    """An image that is another one tomorrow."""

    problem = Problem(
        "VAL-W109",
        Severity.WARNING,
        "The image can change behind the verdict",
        "Whoever can push to the repository can move a tag to another image, `latest` and no tag at all among them: "
        "the verdict then proves another image than the one that runs, and hosts that pulled on different days run "
        "different ones. A digest names one image for ever; `docker buildx imagetools inspect NAME:TAG` prints it.",
        EXAMPLE,
        ("https://docs.docker.com/dhi/core-concepts/digests/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image that hosts run."""
        for place in clusters(subject):
            for path, _, name in _run_images(place):
                if not is_pinned(name):
                    message = f"nothing keeps {name} the image that it is today"
                    yield self.problem.at(path, message, f"write {name}@sha256: and its digest")


class ContainedSlices(Rule[Blueprint]):
    """Containers on hosts of TPU slices."""

    problem = Problem(
        "SOFT-E109",
        Severity.ERROR,
        "Containers on TPU slices",
        "What is on hosts of a slice comes with its `runtime`, and containers reach chips in another way than GPUs: "
        "nothing here was tried with that. Commands run on the hosts themselves.",
        "accelerator: v6e-16\nvalidate: {acceptance: {loss: {command: /data/accept.sh, value: loss, at_most: 2.5}}}",
        ("https://cloud.google.com/tpu/docs/run-in-container",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices."""
        for place in clusters(subject):
            if isinstance(place.cluster, SliceCluster) and place.cluster.software.containers != "none":
                message = f"hosts of the slices of {place.name} run no containers"
                yield self.problem.at((*place.path, "software", "containers"), message, "remove containers")


class NoEngine(Rule[Blueprint]):
    """An image of machines whose distribution has no Docker."""

    problem = Problem(
        "SOFT-E110",
        Severity.ERROR,
        "The image's distribution has no packages of Docker",
        "Docker is installed from the packages of the distribution, which keeps it safe as it does all others. Debian, "
        "Ubuntu and Amazon Linux have it; Rocky Linux has Podman in its place. An image of your own may hold Docker, "
        "and is left as it is.",
        "image: ubuntu-24.04\nsoftware: {containers: docker}",
        (
            "https://packages.debian.org/bookworm/docker.io",
            "https://docs.rockylinux.org/gemstones/containers/docker/",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines with an image alias."""
        for place, cluster in machine_clusters(subject):
            known = host(place.at.cloud, cluster)
            of_image = image(place.at.cloud, cluster.image, known.arch) if known else None
            why = no_client(of_image, "containers") if of_image and cluster.software.containers != "none" else None
            if why:
                hint = "take an image of Ubuntu or Debian, or one of your own that holds Docker"
                yield self.problem.at((*place.path, "image"), why, hint)


class UnreachableRegistry(Rule[Blueprint]):
    """An image in a registry that hosts have no way to."""

    problem = Problem(
        "NET-E123",
        Severity.ERROR,
        "Hosts cannot pull the image",
        "With `nat: none` hosts reach no registry on the internet. On AWS they reach ECR in their own region, through "
        "the endpoints `ecr.api` and `ecr.dkr`, which a closed network has unless `endpoints` leaves them out; on "
        "Google Cloud they reach Artifact Registry. Both can keep copies of images of other registries.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: none}\n"
        "validate: {acceptance: {loss: {image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/accept@sha256:5e1f...}}}",
        (f"{ECR}vpc-endpoints.html", f"{ECR}pull-through-cache.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image of hosts without a way out; hosts that can install nothing are another rule's."""
        for place in clusters(subject):
            if is_closed(place.at) and not bare(place):
                for path, _, name in _run_images(place):
                    why = _unreachable(place, name)
                    if why is not None:
                        near = "ECR in the site's region" if place.at.cloud == "aws" else "Artifact Registry"
                        message = f"without NAT, hosts of {place.name} do not reach {registry_of(name).host}{why}"
                        yield self.problem.at(path, message, f"keep a copy in {near}, set nat: single or name a proxy")


class ClosedRegistry(Rule[Blueprint]):
    """A registry of AWS that is asked by hosts of Google Cloud."""

    problem = Problem(
        "VAL-E110",
        Severity.ERROR,
        "The registry lets no host of this cloud in",
        "ECR lets in identities of AWS alone, and hosts of Google Cloud have none: every pull is refused.",
        "validate: {acceptance: {loss: {image: europe-west4-docker.pkg.dev/acme-ai-prod/ml/accept@sha256:5e1f...}}}",
        (f"{ECR}registry_auth.html", ARTIFACTS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image that hosts of Google Cloud run."""
        for place in clusters(subject):
            for path, _, name in _run_images(place):
                if place.at.cloud == "gcp" and registry_of(name).cloud == "aws":
                    message = f"{registry_of(name).host} lets in identities of AWS alone"
                    yield self.problem.at(path, message, "keep a copy in Artifact Registry")


class OthersRegistry(Rule[Blueprint]):
    """A registry of another account or project."""

    problem = Problem(
        "VAL-N111",
        Severity.NOTE,
        "The image is in somebody else's registry",
        "Nodes are given what they need to pull images of their own account or project. Another owner must let them: "
        "in ECR by the policy of the repository, in Artifact Registry by the role artifactregistry.reader for the "
        "service account of the nodes, unless everybody may read it. Hosts of AWS pull what everybody may read.",
        "validate: {acceptance: {loss: {image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/accept@sha256:5e1f...}}}",
        (f"{ECR}repository-policies.html", ARTIFACTS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image in a registry of a cloud that lets this host in."""
        for place in clusters(subject):
            for path, _, name in _run_images(place):
                found = registry_of(name)
                others = found.owner != owner(place.at.site) and (place.at.cloud, found.cloud) != ("gcp", "aws")
                if found.cloud and others:
                    message = f"nodes of {place.name} pull from {found.host}, of {found.owner}"
                    yield self.problem.at(path, message, f"see that {found.owner} lets them read {found.repository}")


class ManyPulls(Rule[Blueprint]):
    """More hosts than Docker Hub serves behind one address."""

    problem = Problem(
        "VAL-W112",
        Severity.WARNING,
        "More pulls than Docker Hub grants one address",
        f"Who is not logged in may pull {HUB_LIMIT} images in six hours from one address, and the hosts of a cluster "
        "have one between them, that of NAT: the last ones get no image and are not READY. A copy in ECR or Artifact "
        "Registry has no such limit.",
        "validate: {acceptance: {loss: {image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/accept@sha256:5e1f...}}}",
        (PULLS, f"{ECR}pull-through-cache.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Count the hosts that pull each image of Docker Hub."""
        for place in clusters(subject):
            for path, command, name in _run_images(place):
                each = place.cluster.validate_.acceptance[command].hosts == "each"
                if each and registry_of(name).host == HUB and place.hosts > HUB_LIMIT and not is_closed(place.at):
                    pulled = f"{place.hosts} hosts pull {name.partition('@')[0]}"
                    message = f"{pulled}, and Docker Hub grants {HUB_LIMIT} pulls in six hours"
                    yield self.problem.at(path, message, "keep a copy in a registry of the cloud")


def _images(place: ClusterPlace) -> Iterator[tuple[Path, str, str]]:
    """Yield the images of a cluster's own commands: where each stands, its command, the image."""
    for name, one in images(place.cluster):
        yield (*place.path, "validate", "acceptance", name, "image"), name, one


def _run_images(place: ClusterPlace) -> Iterator[tuple[Path, str, str]]:
    """Yield the images of a cluster whose hosts run containers; others have a finding of their own."""
    if place.cluster.software.containers != "none" and not isinstance(place.cluster, SliceCluster):
        yield from _images(place)


def _unreachable(place: ClusterPlace, name: str) -> str | None:
    """Return why hosts without a way out cannot pull an image, in words to be added; None where they can."""
    found, site = registry_of(name), place.at.site
    if found.cloud != place.at.cloud:
        return ""
    if not isinstance(site, AwsSite):
        return None
    if found.region != site.region:
        return f": it is in another region than {site.region}"
    given = site.network.endpoints
    left_out = given is not None and not ENDPOINTS & set(given) and site.network.existing is None
    return ": `endpoints` leaves ECR out" if left_out else None


RULES: tuple[Rule[Blueprint], ...] = (
    NothingToRunIn(),
    MovingImage(),
    ContainedSlices(),
    NoEngine(),
    UnreachableRegistry(),
    ClosedRegistry(),
    OthersRegistry(),
    ManyPulls(),
)
