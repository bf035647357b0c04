"""Which edit of a blueprint causes which change: found by planning the old blueprint with that edit alone."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rackwright.review.changes import Change
    from rackwright.review.plain import Key

Data: TypeAlias = dict[str, Any]
Resource: TypeAlias = "tuple[str, Key]"
GONE = object()
MOST = 60
"""With more edits than this, planning each alone takes longer than a review should; changes then keep their origin."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One place where two blueprints differ: `new` is GONE where the later one has nothing there."""

    path: Path
    new: Any


def edits(old: Any, new: Any, path: Path = ()) -> Iterator[Edit]:
    """Yield the differences of two blueprints as data; what is new or gone as a whole is one edit."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new:
            yield Edit(path, new)
        return
    for key in dict.fromkeys([*old, *new]):
        if key not in old:
            yield Edit((*path, key), new[key])
        elif key not in new:
            yield Edit((*path, key), GONE)
        else:
            yield from edits(old[key], new[key], (*path, key))


def applied(data: Data, edit: Edit) -> Data:
    """Return the data with one edit."""
    result = copy.deepcopy(data)
    place: Any = result
    for part in edit.path[:-1]:
        place = place[part]
    if edit.new is GONE:
        del place[edit.path[-1]]
    else:
        place[edit.path[-1]] = edit.new
    return result


def causes(
    old: Data, found: Sequence[Edit], changed_by: Callable[[Data], Sequence[Change] | None]
) -> dict[Resource, Path]:
    """Return for every resource that an edit alone changes the path of the first such edit.

    `changed_by` returns the changes from the old blueprint to given data, None where those are no blueprint.
    """
    answer: dict[Resource, Path] = {}
    for edit in found if len(found) <= MOST else ():
        for change in changed_by(applied(old, edit)) or ():
            answer.setdefault((change.stack, change.key), edit.path)
    return answer
