"""What Pydantic says about unions, aliases and shorthands becomes the path and place in the file."""

from __future__ import annotations

import pytest
from tests.blueprint.test_any_text import TEXT

from rackwright.blueprint import Blueprint
from rackwright.blueprint.load import loads
from rackwright.blueprint.lock import Lock
from rackwright.blueprint.model import FORMS
from rackwright.blueprint.schema import schema
from rackwright.blueprint.shape import trace
from rackwright.diagnostics import FindingsError


def found(*changes: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """Return code, dotted path, shown token and hint of everything found after changes."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(FindingsError) as refused:
        loads(text)
    return [
        (one.code, ".".join(map(str, one.path)), at.text[at.column - 1 : at.column - 1 + at.length], one.hint)
        for one in refused.value.findings
        if (at := one.position)
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "token"),
    [
        # sites, by cloud; the second is a site named like the tag of its union
        ("nat: per-zone", "nat: all", "LANG-E104", "sites.use1.network.nat", "all"),
        ("  euw4:\n    cloud: gcp\n", "  gcp:\n    cloud: gcp\n    gcp: 1\n", "LANG-E101", "sites.gcp.gcp", "gcp"),
        ("cloud: gcp", "cloud: 3", "LANG-E104", "sites.euw4.cloud", "3"),
        # storage, by kind
        ("throughput: 250", "throughput: 300", "LANG-E104", "sites.use1.storage.scratch.throughput", "300"),
        ("{kind: file}", "{kind: file, file: 1}", "LANG-E101", "sites.use1.storage.home.file", "file"),
        ("iops: 3000", "iops: 0", "LANG-E106", "sites.use1.storage.local.iops", "0"),
        ("{kind: object", "{kind: objekt", "LANG-E104", "sites.use1.storage.datasets.kind", "objekt"),
        # clusters of GCP, by their keys
        ("slices: 1", "slices: 0", "LANG-E106", "sites.euw4.clusters.serve.slices", "0"),
        ("nodes: 4", "nodes: 0", "LANG-E106", "sites.euw4.clusters.train.nodes.count", "0"),
        ("slices: 1, ", "slizes: 1, ", "LANG-E101", "sites.euw4.clusters.serve.slizes", "slizes"),
        # capacity, by kind or by its keys, of machines and of slices
        ("{reservation: cr-0123456789abcdef0}", "{reservation: 5}", "LANG-E103",
         "sites.use1.clusters.train.capacity.reservation", "5"),
        ("{kind: spot}", "{kind: spot, spot: 1}", "LANG-E101", "sites.euw4.clusters.serve.capacity.spot", "spot"),
        ("{kind: spot}", "{kind: reservation}", "LANG-E104", "sites.euw4.clusters.serve.capacity.kind", "reservation"),
        # the alias of `validate_`, the shorthand of `nodes`, keys of mappings, optional values
        ("accuracy: 0.985", "accuracy: 98.5", "LANG-E106", "sites.use1.clusters.train.validate.accuracy", "98.5"),
        ("accuracy: 0.985", "acuracy: 0.985", "LANG-E101", "sites.use1.clusters.train.validate.acuracy", "acuracy"),
        ("without: [3]", "without: [a]", "LANG-E103", "sites.use1.clusters.train.nodes.without.0", "a"),
        ("{/data: datasets", "{data: datasets", "LANG-E105", "sites.use1.clusters.train.mounts.data", "data"),
        ("labels: {team: research}", "labels: {team: 7}", "LANG-E103", "sites.euw4.clusters.train.labels.team", "7"),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_where_it_is(old: str, new: str, code: str, path: str, token: str) -> None:
    """Tags of unions are no part of a path, and there is one finding."""
    assert [one[:3] for one in found((old, new))] == [(code, path, token)]


def test_a_misspelled_key_is_not_missing_too() -> None:
    """A required key that is there under a wrong name is one mistake; one that is not there is another."""
    assert [
        one[:2] for one in found(("machine: p5.48xlarge", "machin: p5.48xlarge"), ("    region: us-east-1\n", ""))
    ] == [
        ("LANG-E102", "sites.use1.region"),
        ("LANG-E101", "sites.use1.clusters.train.machin"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("nat: per-zone", "nat: perzone", "did you mean 'per-zone'? allowed: none, single, per-zone"),
        ("throughput: 250", 'throughput: "250"', "write it without quotes: 250"),
        ("flow_logs: true", "flow_logs: on", "write true"),
        ('account: "210987654321"', "account: 021098765432", 'quote it: "021098765432"'),
        ('account: "210987654321"', "account: 1", f"write {FORMS['^[0-9]{12}$']}"),
        ("zones: [us-east-1a, us-east-1b]", "zones: us-east-1a", "write [us-east-1a]"),
        ("region: us-east-1", "region:", "give it a value, or remove the key"),
        ("versioned: true", "versioned: true, placement: none", "it is a key of sites.NAME.clusters.NAME"),
        ("kind: object", "kind: s3", "did you mean 'object'? allowed: object, file, parallel, block"),
        ("capacity: {kind: spot}", "capacity: spto", "did you mean 'spot'? allowed: on-demand, spot, reserved"),
        (
            "nat: per-zone",
            "nat: per-zone, endpoints: [ssm]",
            "endpoints of sessions come with access: {kind: ssm}; leave it out",
        ),
        (
            "nat: per-zone",
            "nat: per-zone, endpoints: [kms, s3]",
            "S3 is reached inside the VPC anyway; leave it out",
        ),
        (
            "slices: 1, ",
            "slices: 1, image: auto, ",
            "TPU slices have no image: runtime: says their software",
        ),
        ("region: us-east-1", "region: us-east-1\n    profile: finance", "it is a key of the blueprint itself"),
        (
            "machine: p5.48xlarge",
            "instanceType: p5.48xlarge",
            ("write machine: TYPE; the machines of a cluster are all alike"),
        ),
        ("zones: [us-east-1a, us-east-1b]", "zones: us-east-1a, us-east-1b", "write [us-east-1a, us-east-1b]"),
        (
            "slices: 1, accelerator: v6e-16",
            "accelerator: {type: T4, count: 1}, nodes: 2",
            ("machine and nodes follow from accelerator: {type, count}; write one or the other"),
        ),
        ("nodes: 4", "nodes: 010", "write 10"),
        ("sites:", "<<: {}\nsites:", "YAML 1.2 has no merge keys: `extends: NAME` inherits from a mapping"),
    ],
)
def test_hints_say_what_to_write(old: str, new: str, hint: str) -> None:
    """Each hint can be followed to the letter."""
    assert [one[3] for one in found((old, new))] == [hint]


def test_every_pattern_has_words() -> None:
    """No reader is shown a regular expression."""

    def patterns(part: object) -> set[str]:
        if isinstance(part, list):
            return {one for item in part for one in patterns(item)}
        if not isinstance(part, dict):
            return set()
        own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set(part.get("patternProperties", ()))
        return own | {one for item in part.values() for one in patterns(item)}

    assert {one.replace("(?!extends$)", "") for one in patterns([schema(), Lock.model_json_schema()])} == set(FORMS)


def test_a_location_that_no_model_makes_keeps_its_parts() -> None:
    """Tracing never fails: what the schema does not know stays in the path."""
    shape = trace(Blueprint.__pydantic_core_schema__, ("owner", "team", "x", 3))

    assert (shape.path, shape.schema) == (("owner", "team", "x", 3), None)
