"""Mistakes that users of other tools made: each is found by name, or cannot be written.

`mistakes.csv` says where each was made and how it is written into a right blueprint; what no blueprint can know (a
stockout, the quota of a project that says none) is not there. What is planned right whatever is written is in
`test_mistakes_planned_on_aws.py` and `test_mistakes_planned_on_gcp.py`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.rules.blueprints import AWS, GCP, codes

from rackwright.diagnostics import FindingsError

MORE = ("    storage:\n", "    storage:\n      more: {kind: object}\n")
"""A bucket that links may lead to."""
OF_MACHINES = "SOFT-W102"
"""What is true of a machine, whatever else is written."""


def rows() -> list[dict[str, str]]:
    """Return all mistakes, their line breaks as such."""
    with Path(__file__).with_name("mistakes.csv").open(encoding="utf-8") as file:
        return [{key: text.replace("\\n", "\n") for key, text in row.items()} for row in csv.DictReader(file)]


def found(cloud: str, *changes: tuple[str, str]) -> list[str]:
    """Return the codes found in the right blueprint of a cloud after changes, by the language or by rules."""
    try:
        every = codes({"aws": AWS, "gcp": GCP}[cloud], MORE, *changes)
    except FindingsError as refused:
        every = [finding.code for finding in refused.findings]
    return [code for code in every if "-N" not in code]


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_nothing_is_found_in_what_is_right(cloud: str) -> None:
    """The blueprints that mistakes are written into have none."""
    assert found(cloud) == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["mistake"])
def test_a_mistake_of_others_is_found_by_name(row: dict[str, str]) -> None:
    """The mistake that was made is the one that is found, and nothing beside it that the mistake made, notes aside."""
    every = found(row["cloud"], (row["old"], row["new"]))

    assert [code for code in every if code == row["code"] or code != OF_MACHINES] == [row["code"]]


def test_a_region_without_the_machine_is_found() -> None:
    """Kinetic 305: us-central2, home of TPU v4, has no E2."""
    moved = (("europe-west4", "us-central2"), (", us-central2-c", ""), ("a3-megagpu-8g", "e2-standard-4"))

    assert found("gcp", *moved) == ["MACH-W115"]


def test_no_mistake_stands_twice() -> None:
    """Each row is a mistake of its own."""
    written = [(row["cloud"], row["old"], row["new"]) for row in rows()]

    assert len(written) == len(set(written)) == len({row["mistake"] for row in rows()})
