"""Links between sites as data."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.compiler.parts import renamed

Data = dict[str, Any]


@st.composite
def links(draw: st.DrawFn, sites: Data, names: st.SearchStrategy[str]) -> Data:
    """Return a link between the two sites of a blueprint, where there are two that can be joined, or none."""
    clouds = {site["cloud"] for site in sites.values()}
    stands = any("existing" in site["network"] for site in sites.values())
    if len(sites) != 2 or stands or (len(clouds) == 1 and not draw(st.integers(0, 3))):
        return {}
    taken = {*sites, *(site["renamed_from"] for site in sites.values() if "renamed_from" in site)}
    name = draw(names.filter(lambda name: not taken & {name, f"was{name}"}))
    open_at = st.lists(st.sampled_from([22, 443, 8080]), min_size=1, max_size=3, unique=True)
    role = st.just("arn:aws:iam::111122223333:role/teams/links")
    amazon = [name for name, site in sites.items() if site["cloud"] == "aws"]
    optional = {
        "ports": st.dictionaries(st.sampled_from(list(sites)), open_at, max_size=2),
        **({"roles": st.dictionaries(st.sampled_from(amazon), role, max_size=2)} if amazon else {}),
    }
    fixed: Data = {"between": st.permutations(list(sites))}
    if len(clouds) == 1:
        optional["kind"] = st.just("peering")
    else:
        fixed["kind"] = st.just("vpn")
        numbers = st.permutations([64512, 64513, 65534, 4200000000])
        optional["asns"] = numbers.map(lambda some: dict(zip(sites, some, strict=False)))
    return {"links": draw(renamed({name: draw(st.fixed_dictionaries(fixed, optional=optional))}))}
