"""Expansion: the only meaning of Repeat."""

from __future__ import annotations

from rackwright.plan import (
    ROW,
    Column,
    Each,
    Export,
    List,
    Lit,
    Map,
    Named,
    Numbered,
    Options,
    Out,
    Plan,
    Ref,
    Repeat,
    Resource,
    Section,
    args,
    expand,
    expand_exports,
    out,
    row_count,
    row_keys,
    text,
    value,
)

SECTION = Section("network", "Network", ("sites", "use1"))


def resource(key: str, **inputs: object) -> Resource:
    """Return a resource of some type, named by its row."""
    return Resource(key, "aws:ec2/thing:Thing", text(f"{key}-", ROW), args(**inputs), "network", ())  # type: ignore[arg-type]


def plan_of(*nodes: Resource | Repeat, exports: tuple[Export, ...] = ()) -> Plan:
    """Return a plan of one section that holds `nodes`."""
    return Plan("a.b", "a", "aws", "us-east-1", "1", "site", (SECTION,), nodes, exports)


def two_zones(*body: Resource) -> Repeat:
    """Return a Repeat over zones a and b with a column `cidr`."""
    cells = (value("10.0.0.0/24"), value("10.0.1.0/24"))
    return Repeat("zones", "zone", Named(("a", "b")), (("cidr", cells),), body, "network", ())


def test_a_row_names_its_nodes_and_fills_its_columns() -> None:
    """Each row yields the body once, with its key and its cells."""
    flat = expand(plan_of(two_zones(resource("subnets", cidr_block=Column("cidr")))))

    assert [(key, node.name, node.inputs) for key, node in flat if isinstance(node, Resource)] == [
        ("a", Lit("subnets-a"), (("cidr_block", Lit("10.0.0.0/24")),)),
        ("b", Lit("subnets-b"), (("cidr_block", Lit("10.0.1.0/24")),)),
    ]


def test_a_reference_inside_a_row_stays_in_the_row() -> None:
    """Without a row of its own a reference means the same row."""
    flat = expand(plan_of(two_zones(resource("subnets"), resource("nats", subnet_id=out("subnets")))))

    assert [node.inputs for _, node in flat if isinstance(node, Resource) and node.key == "nats"] == [
        (("subnet_id", Out("subnets", ("id",), Lit("a"))),),
        (("subnet_id", Out("subnets", ("id",), Lit("b"))),),
    ]


def test_each_is_a_map_or_a_list_of_all_rows() -> None:
    """Each collects one output of every row, keyed or in order."""
    exports = (Export("by_zone", Each("subnets", ("id",))), Export("all", Each("subnets", ("id",), keyed=False)))
    outs = (Out("subnets", ("id",), Lit("a")), Out("subnets", ("id",), Lit("b")))

    assert expand_exports(plan_of(two_zones(resource("subnets")), exports=exports)) == (
        Export("by_zone", Map((("a", outs[0]), ("b", outs[1])))),
        Export("all", List(outs)),
    )


def test_depending_on_a_repeat_from_outside_means_all_its_rows() -> None:
    """From outside, a reference without a row stands for every row."""
    later = Resource("later", "t:t:T", Lit("later"), (), "network", (), Options(depends_on=(Ref("subnets"),)))
    flat = expand(plan_of(two_zones(resource("subnets")), later))

    assert flat[-1][1].options.depends_on == (Ref("subnets", Lit("a")), Ref("subnets", Lit("b")))  # type: ignore[union-attr]


def test_numbers_never_move_when_one_is_left_out() -> None:
    """A machine given back leaves the names of the others as they are."""
    nodes = Numbered("train-", 4, without=(1, 9))

    assert row_keys(nodes) == ("train-0", "train-2", "train-3")
    assert row_count(nodes) == 3
