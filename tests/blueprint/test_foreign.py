"""The table of keys that others have: each is unknown here, and stands for keys that are known."""

from __future__ import annotations

import csv

import pytest

from rackwright.blueprint.foreign import TABLE, foreign
from rackwright.blueprint.whereabouts import keys_at

PLACES = {
    "sites": ("sites", "NAME"),
    "clusters": ("sites", "NAME", "clusters", "NAME"),
    "storage": ("sites", "NAME", "storage", "NAME"),
    "network": ("sites", "NAME", "network"),
    "capacity": ("sites", "NAME", "clusters", "NAME", "capacity"),
    "scheduler": ("sites", "NAME", "clusters", "NAME", "scheduler"),
    "partitions": ("sites", "NAME", "clusters", "NAME", "scheduler", "partitions", "NAME"),
    "backup": ("sites", "NAME", "backup"),
    "monitoring": ("sites", "NAME", "monitoring"),
    "budget": ("budget",),
    "root": (),
    "links": ("links", "NAME"),
    "nodes": ("sites", "NAME", "clusters", "NAME", "nodes"),
    "accelerator": ("sites", "NAME", "clusters", "NAME", "accelerator"),
    "attached": ("sites", "NAME", "clusters", "NAME", "attached"),
    "software": ("sites", "NAME", "clusters", "NAME", "software"),
    "validate": ("sites", "NAME", "clusters", "NAME", "validate"),
    "proxy": ("sites", "NAME", "network", "proxy"),
    "access": ("sites", "NAME", "access"),
    "acceptance": ("sites", "NAME", "clusters", "NAME", "validate", "acceptance", "NAME"),
    "power": ("power",),
    "security": ("sites", "NAME", "security"),
    "lifecycle": ("sites", "NAME", "storage", "NAME", "lifecycle", "NAME"),
}
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["keys"].split()[0] + "-in-" + row["within"])
def test_a_key_of_others_is_none_of_ours(row: dict[str, str]) -> None:
    """Some kind of what stands there lacks the key, and some kind has what it means."""
    for place in row["within"].split():
        kinds = keys_at(PLACES[place])
        assert not any(all(key in kind for kind in kinds) for key in row["keys"].split())
    known = {key for place in row["within"].split() for kind in keys_at(PLACES[place]) for key in kind}
    assert set(row["means"].split()) <= known


def test_no_key_stands_twice() -> None:
    """A place has one answer for a key, whatever its spelling."""
    said = [(key, place) for row in ROWS for key in row["keys"].split() for place in row["within"].split() or [""]]

    assert len(said) == len(set(said))


def test_a_key_is_known_in_every_spelling() -> None:
    """instance_type, instance-type and instanceType are one key; an unknown one has no answer."""
    train = ("sites", "use1", "clusters", "train")

    assert foreign((*train, "instance-type")) == foreign((*train, "instanceType")) == foreign((*train, "instance_type"))
    assert foreign((*train, "colour")) is None
