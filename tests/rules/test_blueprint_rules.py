"""Rules let through what is right: the near misses of every rejected blueprint."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS, GCP, codes

GROUPED = "{reservation: cr-12345678, group: h100}"
BLOCK = "{kind: block, reservation: cr-12345678, starts: 2027-01-01, ends: 2027-07-02}"
SUBBLOCK = "projects/acme-ai/reservations/b200/reservationBlocks/block-1/reservationSubBlocks/sub-1"
MACHINE = "machine: p5.48xlarge\n        nodes: 4"
SLICE = "        machine: a3-megagpu-8g\n        nodes: 4\n"


@pytest.mark.parametrize("text", [AWS, GCP])
def test_a_right_blueprint_has_no_findings(text: str) -> None:
    """Nothing is found where nothing is wrong."""
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (AWS, "10.40.0.0/16", "10.40.0.0/22"),
        (AWS, "10.40.0.0/16", "100.64.0.0/16"),
        (AWS, "10.40.0.0/16", "172.18.0.0/16"),
        (GCP, "10.50.0.0/16", "10.0.0.0/8"),
        (AWS, "nodes: 4", "zone: us-east-1a\n        nodes: 4"),
        (AWS, "nodes: 4", "nodes: {count: 4, without: [0, 3]}"),
        (AWS, "nodes: 4", "nodes: 4\n        capacity: {reservation: cr-12345678}"),
        (AWS, "nodes: 4", "nodes: 4\n        capacity: {reservation: cr-12345678, zone: us-east-1a, count: 4}"),
        (AWS, "nodes: 4", f"nodes: 4\n        placement: cluster\n        capacity: {GROUPED}"),
        (AWS, "nodes: 4", f"nodes: 4\n        capacity: {BLOCK}"),
        (AWS, "nodes: 4", "nodes: 4\n        placement: none\n        capacity: {reservation: cr-12345678}"),
        (AWS, "nodes: 4", "nodes: 4\n        capacity: {kind: on-demand, reserve: true}"),
        (AWS, MACHINE, "accelerator: {type: H100, count: 128}"),
        (AWS, MACHINE, "accelerator: {type: H100, count: 2}"),
        (GCP, "nodes: 4", "nodes: 4\n        capacity: {kind: flex-start, hours: 168}"),
        (GCP, "nodes: 4", "nodes: 4\n        capacity: {reservation: projects/acme-ai/reservations/h100}"),
        (GCP, "nodes: 4", f"nodes: 4\n        capacity: {{reservation: {SUBBLOCK}}}"),
        (AWS, "nodes: 4", "nodes: 2\n        validate: {fabric: required}"),
        (AWS, "nodes: 4", "nodes: 1\n        placement: none"),
        (AWS, "image: ubuntu-24.04-nvidia", "image: ami-0123456789abcdef0"),
        (GCP, "nodes: 4", "nodes: 4\n        image: projects/acme/global/images/family/ai"),
        (AWS, "nodes: 4", "nodes: 4\n        validate: {dataset: synthetic}"),
        (AWS, "4800GiB", "1200GiB"),
        (AWS, "4800GiB", "4800GiB, lifetime: scratch"),
        (AWS, "4800GiB, linked_to: datasets", "4800GiB, backup_days: 90, metadata_iops: 192000"),
        (AWS, "linked_to: datasets", "links: {datasets: /data}"),
        (AWS, "linked_to: datasets", "linked_to: datasets, writes_back: false"),
        (AWS, "4800GiB", "19200GiB, efa: true"),
        (AWS, "{kind: object}", "{kind: object, lifecycle: {a/: {infrequent_after_days: 30, expire_after_days: 60}}}"),
        (AWS, "{kind: file}", "{kind: file}\n      cache: {kind: block, size: 64TiB, iops: 80000, throughput: 2000}"),
        (AWS, "{kind: file}", "{kind: file}\n      cache: {kind: block, size: 1GiB, iops: 3000, throughput: 750}"),
        (GCP, "{kind: object}", "{kind: object, hierarchical: true, versioned: false}"),
        (GCP, "36000GiB", "72000GiB"),
        (GCP, "size: 1TiB", "size: 2560GiB, tier: BASIC_SSD"),
        (AWS, "/home: home", "/home: home, /var/lib/rackwright-data: datasets, /opt/ai: home"),
        (AWS, "/data: datasets", "/data: datasets, /database: datasets"),
        (AWS, "    region", "    access: {kind: direct, allow_from: [10.0.0.0/8, 203.0.113.0/24]}\n    region"),
        (AWS, "nat: per-zone", "nat: none, proxy: {url: 'http://proxy.acme.example:3128'}"),
        (
            AWS,
            "region: us-east-1",
            "region: us-east-1\n    security: {permissions_boundary: 'arn:aws:iam::aws:policy/P'}",
        ),
        (GCP.replace(SLICE, "        accelerator: v2-32\n"), "europe-west4-b", "europe-west4-a"),
    ],
)
def test_what_is_right_is_let_through(text: str, old: str, new: str) -> None:
    """Values at the edge of a rule, on the right side of it, are not found."""
    assert codes(text, (old, new)) == []


def test_two_accounts_are_fine() -> None:
    """Sites may stand in accounts of their own."""
    second = AWS.split("sites:\n")[1].replace("use1", "use2").replace("us-east-1", "us-east-2")
    second = second.replace("210987654321", "321098765432").replace("10.40.", "10.41.")

    assert codes(AWS + second) == []


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        (AWS, [("10.40.0.0/16", "10.999.0.0/16")], ["NET-E101"]),
        (AWS, [("region: us-east-1\n", "region: us-east-9\n")], ["NET-E114"]),
        (AWS, [("p5.48xlarge", "p9.48xlarge"), ("nodes: 4", "nodes: 1\n        validate: {fabric: required}")], 2),
        (AWS, [("/data: datasets", "/usr/: datasets")], ["MOUNT-E102"]),
        (AWS, [("nat: per-zone", "nat: none")], ["NET-E121"]),
    ],
)
def test_a_mistake_has_no_echo(text: str, changes: list[tuple[str, str]], expected: list[str] | int) -> None:
    """A consequence of one mistake is not found as another one."""
    found = codes(text, *changes)

    assert expected in (found, len(found))


def test_efa_only_cards_take_no_address() -> None:
    """Of a p5's 33 cards only the first takes an address: 123 fit a subnet with 123 addresses."""
    small = ("10.40.0.0/16", "10.40.0.0/22")

    assert codes(AWS, small, ("nodes: 4", "nodes: 123")) == []
    assert codes(AWS, small, ("nodes: 4", "nodes: 124")) == ["NODE-E103"]
