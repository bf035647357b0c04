"""The strategies reach the whole language: every key, every kind and every word of its models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from hypothesis import Phase, given, seed, settings
from pydantic import BaseModel
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.test_generated import RELAXED

from rackwright.blueprint import Blueprint

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES, ROUNDS = 200, 60
"""Far more rounds than chance needs: about five are usual, and what a module loaded before changes what is drawn."""


def members(kind: Any, where: str = "", seen: frozenset[Any] = frozenset()) -> Iterator[str]:
    """Yield every model, every key and every word that a type of the language may hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in seen:
            return
        yield kind.__name__
        for name, field in kind.model_fields.items():
            yield f"{kind.__name__}.{name}"
            yield from members(field.annotation, f"{kind.__name__}.{name}", seen | {kind})
    elif get_origin(kind) is Literal:
        yield from (f"{where}={word}" for word in get_args(kind))
    else:
        for part in get_args(kind) or get_args(getattr(kind, "__value__", None)):
            if part is not Ellipsis:
                yield from members(part, where, seen)


def reached(value: Any, where: str = "") -> Iterator[str]:
    """Yield what stands in a loaded blueprint, of what was written in it."""
    if isinstance(value, BaseModel):
        yield type(value).__name__
        for name in value.model_fields_set:
            place = f"{type(value).__name__}.{name}"
            yield place
            yield from reached(getattr(value, name), place)
    elif isinstance(value, dict):
        for item in value.values():
            yield from reached(item, where)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from reached(item, where)
    else:
        yield f"{where}={value}"


def test_every_member_of_the_language_is_generated() -> None:
    """Nothing of the language is left out of the promises about generated blueprints."""
    missing = set(members(Blueprint))

    @given(blueprints())
    @settings(RELAXED, max_examples=EXAMPLES, phases=(Phase.generate,), database=None)
    def gather(data: Data) -> None:
        missing.difference_update(reached(Blueprint.model_validate(data)))

    for number in range(ROUNDS):
        if missing:
            seed(number)(gather)()

    assert missing == set()
