"""Inputs that the clouds' own providers refuse: values, lengths, forms, and arguments that exclude each other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any, TypeAlias

from rackwright.catalog.constraints import Constraint, constraints
from rackwright.engine.provider import Failure
from rackwright.engine.records import Unknown

Given: TypeAlias = Mapping[str, Any]


def refused(kind: str, inputs: Given) -> Iterator[Failure]:
    """Yield what the real provider would refuse; what is not known yet is not judged."""
    for one in constraints().get(kind, ()):
        parent, _, name = (one.argument, "", "") if one.rule in TOGETHER else one.argument.rpartition(".")
        for at, given in _structs(inputs, tuple(parent.split(".")) if parent else (), ""):
            reason = _reason(one, given, name) if _counts(one.when, given) else ""
            if reason:
                yield Failure(f"{at}{name}" if name else at.rstrip("."), reason)


def _structs(given: Any, path: tuple[str, ...], at: str) -> Iterator[tuple[str, Given]]:
    """Yield every struct that a path leads to, through lists, with the text of where it is."""
    if isinstance(given, list):
        for index, item in enumerate(given):
            yield from _structs(item, path, f"{at.rstrip('.')}[{index}].")
    elif isinstance(given, dict):
        if not path:
            yield at, given
        elif path[0] in given:
            yield from _structs(given[path[0]], path[1:], f"{at}{path[0]}.")


def _counts(when: str, given: Given) -> bool:
    """Return whether what a constraint stands beside is given, and with one of the values that it names."""
    name, asked, values = when.partition("=")
    return not name or (given.get(name) is not None and (not asked or _text(given[name]) in values.split("|")))


def _reason(one: Constraint, given: Given, name: str) -> str:
    """Return why a constraint does not hold; nothing where it does."""
    beside = f" where {one.when}" if one.when else ""
    if one.rule in TOGETHER:
        least, most, words = TOGETHER[one.rule]
        names = one.values.split()
        count = sum(given.get(each) is not None for each in names)
        return "" if least <= count <= most else f"{words} {', '.join(names)} must be given{beside}, {count} are"
    value = given.get(name)
    if one.rule in PRESENT:
        wanted, words = PRESENT[one.rule]
        return "" if (value is not None) == wanted else f"must be {words}{beside}"
    if value is None or isinstance(value, Unknown):
        return ""
    if one.rule == "items":
        return "" if _within(len(value), one.values) else f"must have {one.values} items{beside}, has {len(value)}"
    holds, words = SINGLE[one.rule]
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, Unknown) and not holds(_text(item), one.values):
            return f"must be {words}{one.values}{beside}, is {item!r}"
    return ""


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _within(number: float, limits: str) -> bool:
    """Return whether a number lies in one of some ranges; one without an end has none."""
    ranges = (one.partition("..") for one in limits.split())
    return any(float(least) <= number and (not most or number <= float(most)) for least, _, most in ranges)


def _is_number_within(text: str, limits: str) -> bool:
    try:
        return _within(float(text), limits)
    except ValueError:
        return False


def _is_document(text: str) -> bool:
    """Return whether a text is an object of JSON."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _is_network(text: str) -> bool:
    """Return whether a text is a block of addresses, written by its first."""
    try:
        return str(IPv4Network(text)) == text
    except ValueError:
        return False


TOGETHER: dict[str, tuple[int, float, str]] = {
    "exactly-one": (1, 1, "exactly one of"),
    "at-most-one": (0, 1, "at most one of"),
    "at-least-one": (1, float("inf"), "at least one of"),
}
"""Rules over arguments side by side: the least and the most of them that must be given, and words."""
PRESENT = {"required": (True, "given"), "absent": (False, "left out")}
"""Rules over whether an argument is given at all."""
SINGLE: dict[str, tuple[Callable[[str, str], bool], str]] = {
    "one-of": (lambda text, values: text in values.split(), "one of "),
    "range": (_is_number_within, "in "),
    "length": (lambda text, values: _within(len(text), values), "of a length in "),
    "form": (lambda text, values: re.fullmatch(values, text) is not None, "of the form "),
    "network": (lambda text, _: _is_network(text), "a block written by its first address"),
    "json": (lambda text, _: _is_document(text), "an object of JSON"),
}
"""Rules over one value, or over each of a list: whether it holds, and words."""
RULES = frozenset({*TOGETHER, *PRESENT, *SINGLE, "items"})
"""Every rule that a constraint may name."""
