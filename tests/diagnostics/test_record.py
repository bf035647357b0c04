"""Records are what the standard library's frozen dataclasses are."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """Two fields, one with a default."""

    name: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Empty:
    """No field."""


@dataclass(frozen=True, slots=True)
class Other:
    """The fields of Record, and yet another thing."""

    name: str
    size: int = 1


def test_records_are_equal_by_all_fields_and_only_to_their_kind() -> None:
    """Equal ones count once in a set."""
    assert {Record("a"), Record("a", 1), Record("a", 2)} == {Record("a"), Record("a", 2)}
    assert Record("a") != Other("a")
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


def test_records_show_their_fields() -> None:
    """As the standard library shows them."""
    assert repr(Record("a")) == "Record(name='a', size=1)"
    assert repr(Empty()) == "Empty()"


def test_records_never_change() -> None:
    """Neither a field nor a new name can be set; a copy with another value can be made."""
    record = Record("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.size = 2  # type: ignore[misc] # what is refused here
    assert not hasattr(record, "__dict__")
    assert dataclasses.replace(record, size=2) == Record("a", 2)
    assert copy.deepcopy(record) == record


def test_records_match_by_position() -> None:
    """Patterns read fields in order."""
    match Record("a", 3):
        case Record(name, size):
            assert (name, size) == ("a", 3)
