"""Rules over plans see names in every row and inputs however they are nested."""

from __future__ import annotations

from rackwright.plan import (
    KEY,
    Column,
    Concat,
    Lit,
    Named,
    Numbered,
    Options,
    Out,
    Plan,
    Provider,
    Repeat,
    Resource,
    Section,
)
from rackwright.rules import check_plans
from rackwright.rules.inputs import UNKNOWN, at, texts

ORIGIN = ("sites", "use1", "clusters", "train")
PROVIDER = Provider("provider", "gcp", Lit("gcp"), (), "account", ORIGIN)


def instance(name: Concat | Lit | Column) -> Resource:
    """Return an instance of that name."""
    inputs = (("name", name), ("network", Out("provider", ("id",))))
    return Resource("node", "gcp:compute/instance:Instance", name, inputs, "nodes", ORIGIN, Options("provider"))


def plan(repeat: Repeat) -> Plan:
    """Return a plan of one Repeat."""
    sections = (Section("account", "Account", ORIGIN), Section("nodes", "Nodes", ORIGIN))
    return Plan("a.b.c", "a", "gcp", "r", "p", "t", sections, (PROVIDER, repeat), ())


def test_names_are_looked_at_in_every_row() -> None:
    """Node 100 is one letter too long, node 99 is not."""
    name = Concat((Lit("n" * 60), Lit("-"), Column(KEY)))
    fits = Repeat("nodes", "node", Numbered("", 100), (), (instance(name),), "nodes", ORIGIN)
    bursts = Repeat("nodes", "node", Numbered("", 101), (), (instance(name),), "nodes", ORIGIN)

    assert check_plans((plan(fits),)) == ()
    assert [(one.code, one.path) for one in check_plans((plan(bursts),))] == [("NAME-E101", ORIGIN)]


def test_names_come_from_columns_too() -> None:
    """A cell of the table is part of the name of its row."""
    repeat = Repeat(
        "rows", "row", Named(("a", "b")), (("kind", (Lit("x"), Lit("y"))),), (instance(Lit("n")),), "nodes", ORIGIN
    )

    assert texts(Concat((Column(KEY), Column("kind"))), repeat) == ("ax", "by")
    assert texts(Out("provider", ("id",)), repeat) == ()


def test_inputs_that_are_outputs_are_unknown() -> None:
    """A rule can tell what is not set from what is not known yet."""
    node = instance(Lit("n"))

    assert at(node, "network") is UNKNOWN
    assert at(node, "network.name") is UNKNOWN
    assert at(node, "name") == "n"
    assert at(node, "disk.size") is None
