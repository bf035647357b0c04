"""What strategies of blueprints are built of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]


def flat(name: str) -> str:
    """Return a name without its hyphens: names that differ in hyphens alone meet in the names of resources."""
    return name.replace("-", "")


def some(optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    """Return any part of a mapping of optional keys."""
    return st.fixed_dictionaries({}, optional=optional)
