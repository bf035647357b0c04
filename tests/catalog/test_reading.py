"""Cells become values."""

from __future__ import annotations

import pytest

from rackwright.catalog.reading import real, whole, words, yes


def test_blank_is_none() -> None:
    """An empty cell is unknown, not zero."""
    assert (real(""), whole(""), words("")) == (None, None, ())
    assert (real("0"), whole("0")) == (0.0, 0)


def test_yes_or_no() -> None:
    """A flag must say yes or no; anything else is a mistake in the file."""
    assert (yes("yes"), yes("no")) == (True, False)
    with pytest.raises(KeyError):
        yes("")
