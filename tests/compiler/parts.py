"""What strategies of blueprints are built of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]


def flat(name: str) -> str:
    """Return a name without its hyphens: names that differ in hyphens alone meet in the names of resources."""
    return name.replace("-", "")


@st.composite
def renamed(draw: st.DrawFn, found: Data) -> Data:
    """Return named things, some of which had another name before; volumes of nodes have none in the cloud."""
    kept = {name: one for name, one in found.items() if one.get("kind") == "block" or draw(st.integers(0, 3))}
    return {name: one if name in kept else {**one, "renamed_from": f"was{name}"} for name, one in found.items()}


def some(optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    """Return any part of a mapping of optional keys."""
    return st.fixed_dictionaries({}, optional=optional)
