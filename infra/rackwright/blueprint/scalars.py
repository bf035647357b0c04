"""Plain YAML scalars as the core schema of YAML 1.2 reads them: `yes`, `010` and dates are no surprise here."""

from __future__ import annotations

import re
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

FIXED: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
OTHER_BASE = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
LONGEST_NUMBER = 300
"""Longer runs of digits stay text: no field takes such a number, and Python refuses to convert the longest."""


def plain(text: str) -> Scalar:
    """Return what an unquoted scalar means (YAML 1.2.2, section 10.3.2)."""
    if text in FIXED:
        return FIXED[text]
    if len(text) > LONGEST_NUMBER:
        return text
    if INTEGER.match(text):
        return int(text)
    if OTHER_BASE.match(text):
        return int(text, 0)
    if FLOAT.match(text):
        return float(text)
    if SPECIAL_FLOAT.match(text):
        return float(text.replace(".", "", 1))
    return text
