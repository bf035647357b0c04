"""Shapes that users built are blueprints: each becomes programs, or is refused for the one reason there is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.shapes.shapes import REFUSED, names, path_of

from rackwright.diagnostics import FindingsError, errors
from rackwright.workflows.compile import check

TODAY = date(2026, 11, 1)


def refused(name: str) -> tuple[str, ...]:
    """Return the codes of the errors that a shape has."""
    try:
        check(path_of(name), TODAY)
    except FindingsError as error:
        return tuple(one.code for one in errors(error.findings))
    return ()


@pytest.mark.parametrize("name", names())
def test_a_shape_is_planned_or_refused_by_name(name: str) -> None:
    """No error but the named one; programs of the others are proved with the golden stacks."""
    assert refused(name) == REFUSED.get(name, ())


def test_every_refusal_is_of_a_shape() -> None:
    """Nothing is named here that is not there."""
    assert set(REFUSED) <= set(names())
