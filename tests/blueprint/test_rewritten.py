"""Hints for values of the wrong form or type: what was probably meant, as it is written here."""

from __future__ import annotations

import pytest

from rackwright.blueprint.model import BUCKET, CIDR, FILE_SYSTEM, INSTANCE, NAME, PREFIX, REQUIREMENT, SIZE
from rackwright.blueprint.rewritten import fraction, reformed, retyped, stored, swapped


@pytest.mark.parametrize(
    ("pattern", "given", "hint"),
    [
        (SIZE, "4800GB", "did you mean '4800GiB'?"),
        (SIZE, "12 Ti", "did you mean '12TiB'?"),
        (SIZE, "1.2TiB", "write a whole number with GiB or TiB, as 500GiB or 12TiB"),
        (NAME, "Train_GPU", "did you mean 'train-gpu'?"),
        (PREFIX, "/tmp", "did you mean 'tmp/'?"),
        (BUCKET, "arn:aws:s3:::acme-data", "did you mean 'acme-data'?"),
        (BUCKET, "s3://acme-data/train", "did you mean 'acme-data'?"),
        (FILE_SYSTEM, "fs-12345678.efs.us-east-1.amazonaws.com", "did you mean 'fs-12345678'?"),
        (CIDR, "10.40.0.0/255.255.0.0", "did you mean '10.40.0.0/16'?"),
        (CIDR, "203.0.113.5", "a single address is the block 203.0.113.5/32"),
        (CIDR, "::/0", "networks are IPv4, as 10.40.0.0/16"),
        (NAME, "s3://acme", "name it in the site's storage, as NAME: {kind: object, existing: {name: acme}}"),
        (
            INSTANCE,
            "fs-0123",
            "FSx for Lustre that stands already is not mounted: write size: for one of the site's own",
        ),
    ],
)
def test_a_text_is_written_anew(pattern: str, given: str, hint: str) -> None:
    """Units, capitals and separators of others have one way to be written here."""
    assert reformed(("storage", "scratch"), pattern, given) == hint


@pytest.mark.parametrize(
    ("kind", "key", "given", "hint"),
    [
        ("bool_type", "flow_logs", "true", "write true"),
        ("int_type", "nodes", "2-4", "write one number: nothing scales a cluster"),
        ("int_type", "hours", "24:00:00", "write 24"),
        ("int_type", "keep_days", "30 days", "write the number alone: 30"),
        ("int_type", "usd_per_month", "300k", "write 300000"),
        ("int_type", "usd_per_month", "$300,000", "write 300000"),
        ("int_type", "nodes", "1_000", "write 1000"),
        ("int_type", "timeout", "30m", "write 1800, in seconds"),
        ("int_from_float", "full_percent", 0.85, "write percents: 85"),
        ("string_type", "command", ["nccl.sh", "-x"], "write one line: nccl.sh -x"),
        ("int_from_float", "nodes", 4.0, "write 4"),
        ("int_from_float", "alerts", 0.8, "write percents: 80"),
        ("float_type", "accuracy", "98.5%", "write 0.985"),
        ("dict_type", "mounts", ["/data"], "write mounts: {/data: NAME}, with names of the site's storage"),
        ("dict_type", "clusters", [{"name": "train"}], "write each under its name, as `train: {...}`"),
        ("model_type", "accelerator", "H100", "write accelerator: {type: H100, count: NUMBER}"),
        ("model_type", "accelerator", "v6e-16", "TPUs are Google Cloud's"),
        ("tuple_type", "zones", {"us-east-1a": "10.40.0.0/20"}, "write [us-east-1a]"),
        ("string_type", "zone", ["us-east-1a", "us-east-1b"], "write one: us-east-1a"),
    ],
)
def test_a_value_of_another_type_is_written_anew(kind: str, key: str, given: object, hint: str) -> None:
    """What others write as text, range or list is one number or mapping here."""
    assert retyped(kind, ("clusters", "train", key), given, "", None, ()) == hint


def test_a_list_of_what_no_item_can_be_is_not_proposed() -> None:
    """A file is no list of packages, while one package is."""
    schema = {"type": "tuple", "items_schema": [{"type": "str", "pattern": REQUIREMENT}]}

    file = retyped("tuple_type", ("requirements",), "requirements.txt", "requirements.txt", schema, ())
    package = retyped("tuple_type", ("requirements",), "einops==0.8.1", "einops==0.8.1", schema, ())

    assert file == "write a list, each of it a Python package at one version, as einops==0.8.1"
    assert package == "write [einops==0.8.1]"


def test_a_mount_the_wrong_way_round_is_turned() -> None:
    """{datasets: /data} is {/data: datasets}; two names are no such thing."""
    assert swapped(("mounts", "datasets"), "^/", "/data") == "write /data: datasets"
    assert swapped(("mounts", "datasets"), "^/", "home") == ""


def test_percents_are_a_part_of_one() -> None:
    """98.5 of a hundred is 0.985; 980 is nothing."""
    assert (fraction(98.5), fraction("99%"), fraction(980), fraction(1.0)) == ("write 0.985", "write 0.99", "", "")


def test_what_is_no_storage_is_not_taken_for_some() -> None:
    """Only addresses and ids that say so are storage that stands already."""
    assert stored("fs-0123456789abcdef0").endswith("existing: fs-0123456789abcdef0}")
    assert stored("datasets") == ""
