"""The digest of the facts that a plan was made from."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MOVING = frozenset(
    {"on_demand_usd_hour", "spot_usd_hour", "price_region", "price_date", "verified", "sources", "notes", "date"}
)
"""Fields that change no program: prices, dates and where a fact was read are in no committed artifact."""


def digest(facts: Iterable[Any]) -> str:
    """Return the SHA-256 (hex) over catalog records: order and repetition do not matter, prices do not count."""
    lines = {json.dumps(_shape(fact), sort_keys=True, ensure_ascii=False) for fact in facts}
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _shape(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = (field.name for field in dataclasses.fields(thing) if field.name not in MOVING)
        return {"is": type(thing).__name__, **{name: _shape(getattr(thing, name)) for name in fields}}
    if isinstance(thing, tuple):
        return [_shape(item) for item in thing]
    return thing
