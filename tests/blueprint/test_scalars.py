"""Unquoted scalars mean what the core schema of YAML 1.2 says."""

from __future__ import annotations

import math

import pytest

from rackwright.blueprint.scalars import Scalar, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("NULL", None), ("nUll", "nUll"),
        ("true", True), ("False", False), ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"),
        ("0", 0), ("-7", -7), ("+7", 7), ("010", 10), ("0o17", 15), ("0x1F", 31), ("0b1", "0b1"), ("1_000", "1_000"),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-.inf", -math.inf), (".INF", math.inf),
        ("2026-01-01", "2026-01-01"), ("12:30", "12:30"), ("1.2.3", "1.2.3"), ("10.40.0.0/16", "10.40.0.0/16"),
        ("٣", "٣"), ("9" * 301, "9" * 301), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_scalars(text: str, value: Scalar) -> None:
    """Booleans of YAML 1.1, octal by a leading zero, underscores, dates and sexagesimals are text or decimal here."""
    assert (type(value), value) == (type(plain(text)), plain(text))


def test_not_a_number_is_a_number() -> None:
    """.nan is a float, so that it is refused as one."""
    assert isinstance(found := plain(".nan"), float)
    assert math.isnan(found)
