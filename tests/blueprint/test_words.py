"""The table of words that others have: each is no value of ours, and stands for one that is, or says what to write."""

from __future__ import annotations

import csv

import pytest

from rackwright.blueprint.foreign import squeezed
from rackwright.blueprint.words import TABLE, meant

ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['key']}-{row['words'].split()[0]}-{row['means']}")
def test_a_word_has_one_answer(row: dict[str, str]) -> None:
    """A row says what is meant or what to write, in words that are squeezed already."""
    assert bool(row["means"]) != bool(row["hint"])
    assert all(word == squeezed(word) for word in row["words"].split())


def test_a_word_is_known_where_it_stands() -> None:
    """IAP is a way to hosts of Google Cloud, and a wrong word on AWS; nothing is known of it elsewhere."""
    access = ("sites", "euw4", "access", "kind")

    on_gcp = meant(access, "IAP-tunnel", ["iap", "bastion"])
    on_aws = meant(access, "iap", ["ssm", "bastion"])

    assert on_gcp is not None
    assert on_gcp.means == "iap"
    assert on_aws is not None
    assert "AWS has kind: ssm" in on_aws.hint
    assert meant(("sites", "euw4", "clusters", "train", "capacity", "kind"), "iap", ["spot"]) is None


def test_what_is_meant_is_allowed() -> None:
    """A word whose meaning the other cloud has, is not taken for it."""
    capacity = ("sites", "use1", "clusters", "train", "capacity", "kind")

    assert meant(capacity, "dws", ["on-demand", "spot", "reserved"]) is None
