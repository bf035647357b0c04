"""Data written as YAML in one of many ways: blocks, brackets, quotes, lists further left, comments everywhere."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn


@st.composite
def yaml_of(draw: Draw, data: dict[str, Any]) -> str:
    """Return a text that says what the data says, each of its comments another one: "# c1"."""
    return "\n".join([*(_block(draw, data, count(1)) or ["{}"]), ""])


def _block(draw: Draw, data: Any, numbers: count[int]) -> list[str]:
    lines: list[str] = []
    inside = list(data.items()) if isinstance(data, dict) else [(None, one) for one in data]
    for key, one in inside:
        above = [f"# c{next(numbers)}"] if _now_and_then(draw) else []
        lead = "-" if key is None else f"{_text(draw, key)}:"
        lines += [*above, *_entry(draw, lead, key, one, numbers)]
        lines += [""] if _now_and_then(draw) else []
    return lines


def _entry(draw: Draw, lead: str, key: str | None, one: Any, numbers: count[int]) -> list[str]:
    behind = f"  # c{next(numbers)}" if _now_and_then(draw) else ""
    if not isinstance(one, (dict, list)) or not one or draw(st.booleans()):
        return [f"{lead} {_inline(draw, one)}{behind}"]
    below = _block(draw, one, numbers)
    if key is not None:
        indent = "" if isinstance(one, list) and draw(st.booleans()) else "  "
        return [f"{lead}{behind}", *(f"{indent}{line}" if line else line for line in below)]
    if below[0].startswith(("#", "-")) or behind:
        return [f"{lead}{behind}", *(f"  {line}" if line else line for line in below)]
    return [f"{lead} {below[0]}", *(f"  {line}" if line else line for line in below[1:])]


def _inline(draw: Draw, one: Any) -> str:
    if isinstance(one, dict):
        return "{" + ", ".join(f"{_text(draw, key)}: {_inline(draw, value)}" for key, value in one.items()) + "}"
    if isinstance(one, list):
        return "[" + ", ".join(_inline(draw, value) for value in one) + "]"
    return _text(draw, one) if isinstance(one, str) else json.dumps(one)


def _text(draw: Draw, text: str) -> str:
    """Return a text bare where it is plainly a word, else quoted."""
    bare = text.isascii() and text.replace("-", "a").isalnum() and text[0].isalpha()
    bare = bare and text.lower() not in {"null", "true", "false"}
    return text if bare and draw(st.booleans()) else json.dumps(text, ensure_ascii=True)


def _now_and_then(draw: Draw) -> bool:
    return not draw(st.integers(0, 3))
