"""Tags and labels: of characters or in numbers that a cloud refuses, or in the place of rackwright's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

Wrong: TypeAlias = tuple[str, str]
TAGS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"
LABELS = "https://cloud.google.com/resource-manager/docs/labels-overview"
TAG = re.compile(r"[\w\s.:/=+@-]*")
READABLE = re.compile(r"(?!(\.|\.\.|_index)\Z)[0-9a-zA-Z_.:=+@-]*")
METADATA = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html"
LABEL = re.compile(r"(?![\d_-])[^\WA-Z]([^\WA-Z]|-)*")
TAG_WORDS = "letters, digits, spaces and _ . : / = + - @"
KEY_WORDS = "letters a to z, digits and _ . : = + - @, without spaces and slashes"
LABEL_WORDS = "lower case letters, digits, _ and -, a letter first"
LONGEST_KEY, LONGEST_VALUE, LONGEST_LABEL = 128, 256, 63
MOST = {"aws": 50, "gcp": 64}
NAMED = ("aws", "Name")
OWN = 7
"""Tags or labels that rackwright sets itself: datacenter, site, cluster, environment, team, cost center and a name."""


class RefusedLabel(Rule[Blueprint]):
    """A tag or label that its cloud refuses."""

    problem = Problem(
        "TAG-E101",
        Severity.ERROR,
        "A tag or label that the cloud refuses",
        "Tags of AWS stand on roles too, which take letters, digits, spaces and _ . : / = + - @ alone, and no two "
        "keys that differ in case only; aws: is AWS's own. Machines read their tags in their metadata, where a key has "
        "neither spaces nor slashes: EC2 launches none with a tag like kubernetes.io/cluster/train. Keys of labels on "
        "Google Cloud are of lower case letters, digits, _ and -, a letter first. Values of labels are written as "
        "Google Cloud takes them.",
        'owner: {team: ml-platform, cost_center: "4711"}\nclusters: {train: {labels: {project: speech}}}',
        (TAGS, METADATA, "https://github.com/kubernetes/cloud-provider-aws/issues/436", LABELS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the owner, where a site is on AWS, and at the labels of every cluster."""
        if any(at.cloud == "aws" for at in sites(subject)):
            for key in ("team", "cost_center"):
                wrong = _value(getattr(subject.owner, key))
                if wrong:
                    yield self.problem.at(("owner", key), *wrong)
        for place in clusters(subject):
            for key, value in place.cluster.labels.items():
                path = (*place.path, "labels", key)
                yield from self._label(place.at.cloud, path, value, list(place.cluster.labels))

    def _label(self, cloud: str, path: Path, value: str, keys: list[str]) -> Iterator[Finding]:
        key = str(path[-1])
        wrong = _tag(key, keys) if cloud == "aws" else _label(key)
        if wrong:
            yield self.problem.at(path, *wrong, of_key=True)
        elif cloud == "aws" and (said := _value(value)):
            yield self.problem.at(path, *said)


class TakenLabel(Rule[Blueprint]):
    """A label with a key of rackwright's."""

    problem = Problem(
        "TAG-E102",
        Severity.ERROR,
        "A label takes the place of rackwright's own",
        "Keys that begin with rackwright say to which datacenter, site and cluster a resource belongs; hosts are "
        "found by them. On AWS every resource has a Name of its own, by which people tell one from another.",
        "labels: {project: speech}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the keys of every cluster's labels."""
        for place in clusters(subject):
            for key in place.cluster.labels:
                if key.lower().startswith(("rackwright:", "rackwright-")) or (place.at.cloud, key) == NAMED:
                    message = f"'{key}' is set by rackwright"
                    yield self.problem.at((*place.path, "labels", key), message, "take another key", of_key=True)


class ManyLabels(Rule[Blueprint]):
    """More labels than a resource takes."""

    problem = Problem(
        "TAG-E103",
        Severity.ERROR,
        "More tags or labels than a resource takes",
        f"A resource of AWS takes {MOST['aws']} tags and one of Google Cloud {MOST['gcp']} labels. {OWN} of them are "
        "set by rackwright.",
        "labels: {project: speech}",
        ("https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html", LABELS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Count the labels of every cluster."""
        for place in clusters(subject):
            most = MOST[place.at.cloud] - OWN
            if len(place.cluster.labels) > most:
                message = f"{len(place.cluster.labels)} labels are more than {most}"
                yield self.problem.at((*place.path, "labels"), message, "leave some out")


def _tag(key: str, keys: list[str]) -> Wrong | None:
    """Return what is wrong with the key of a tag on AWS, and what to do."""
    if key.lower().startswith("aws:"):
        return f"keys that begin with aws: are AWS's own, as '{key}'", "take another key"
    if not 0 < len(key) <= LONGEST_KEY or not TAG.fullmatch(key):
        return f"'{key}' cannot be the key of a tag", f"1 to {LONGEST_KEY} {KEY_WORDS}"
    if not READABLE.fullmatch(key):
        return f"no machine with a tag '{key}' is launched: its metadata cannot hold the key", KEY_WORDS
    first = next(one for one in keys if one.lower() == key.lower())
    return (f"'{key}' is '{first}' in another case, which roles refuse", "remove one") if first != key else None


def _value(value: str) -> Wrong | None:
    """Return what is wrong with the value of a tag on AWS, and what to do."""
    if len(value) <= LONGEST_VALUE and TAG.fullmatch(value):
        return None
    shown = value if len(value) <= LONGEST_LABEL else f"{value[:LONGEST_LABEL]}..."
    return f"'{shown}' cannot be the value of a tag", f"at most {LONGEST_VALUE} {TAG_WORDS}"


def _label(key: str) -> Wrong | None:
    """Return what is wrong with the key of a label on Google Cloud, and what to do."""
    if len(key) <= LONGEST_LABEL and LABEL.fullmatch(key):
        return None
    return f"'{key}' cannot be the key of a label", f"1 to {LONGEST_LABEL} {LABEL_WORDS}"


RULES: tuple[Rule[Blueprint], ...] = (RefusedLabel(), TakenLabel(), ManyLabels())
