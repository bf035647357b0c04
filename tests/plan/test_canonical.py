"""plan.json holds a plan whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rackwright.plan import (
    Column,
    Concat,
    ConfigSecret,
    Each,
    Export,
    Json,
    List,
    Lit,
    Map,
    Named,
    Numbered,
    Options,
    Out,
    Plan,
    Provider,
    Ref,
    Repeat,
    Resource,
    Section,
    StackOut,
    Timeouts,
    Value,
    from_json,
    to_json,
)

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | KEYS
PATHS = st.lists(KEYS | st.integers(0, 9), min_size=1, max_size=3).map(tuple)
LEAVES: st.SearchStrategy[Value] = st.one_of(
    st.builds(Lit, SCALARS),
    st.builds(Out, KEYS, PATHS),
    st.builds(Each, KEYS, PATHS, st.booleans()),
    st.builds(ConfigSecret, KEYS),
    st.builds(StackOut, KEYS, PATHS),
    st.builds(Column, KEYS),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: List(tuple(items))),
        st.lists(st.tuples(KEYS, inner), max_size=3).map(lambda items: Map(tuple(items))),
        st.lists(inner, max_size=3).map(lambda parts: Concat(tuple(parts))),
        st.builds(Json, inner),
        st.builds(Out, KEYS, PATHS, inner),
    ),
    max_leaves=6,
)


@given(values=st.lists(VALUES, min_size=2, max_size=2), over=st.sampled_from([Named(("a",)), Numbered("n-", 1)]))
def test_text_and_plan_convert_both_ways(values: list[Value], over: Named | Numbered) -> None:
    """Whatever a plan holds, reading its text gives it back."""
    options = Options("provider", (Ref("x", values[0]),), protect=True, timeouts=Timeouts(create="5m"))
    body = Resource("r", "aws:ec2/vpc:Vpc", values[0], (("x", values[1]),), "s", ("sites", 0), options, "why")
    nodes = (
        Provider("provider", "aws", Lit("aws"), (), "s", ()),
        Repeat("rows", "row", over, (("c", (values[0],)),), (body,), "s", ("a",)),
    )
    plan = Plan("a.b", "a", "aws", "r", "1", "t", (Section("s", "S", ()),), nodes, (Export("e", values[1]),))

    assert from_json(to_json(plan)) == plan


def test_another_format_version_is_refused() -> None:
    """A newer plan.json is never misread."""
    with pytest.raises(ValueError, match="format 99"):
        from_json('{"format": 99, "plan": {}}')
