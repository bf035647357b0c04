"""Links between sites as data."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.compiler.parts import renamed

Data = dict[str, Any]


@st.composite
def links(draw: st.DrawFn, sites: Data, names: st.SearchStrategy[str]) -> Data:
    """Return a link between the two sites of a blueprint, where there are two that can be peered, or none."""
    clouds = {site["cloud"] for site in sites.values()}
    stands = any("existing" in site["network"] for site in sites.values())
    if len(sites) != 2 or len(clouds) != 1 or stands or not draw(st.integers(0, 3)):
        return {}
    taken = {*sites, *(site["renamed_from"] for site in sites.values() if "renamed_from" in site)}
    name = draw(names.filter(lambda name: not taken & {name, f"was{name}"}))
    open_at = st.lists(st.sampled_from([22, 443, 8080]), min_size=1, max_size=3)
    optional = {
        "kind": st.just("peering"),
        "ports": st.dictionaries(st.sampled_from(list(sites)), open_at, max_size=2),
    }
    if clouds == {"aws"}:
        role = st.just("arn:aws:iam::111122223333:role/teams/links")
        optional["roles"] = st.dictionaries(st.sampled_from(list(sites)), role, max_size=2)
    fixed = {"between": st.permutations(list(sites))}
    return {"links": draw(renamed({name: draw(st.fixed_dictionaries(fixed, optional=optional))}))}
