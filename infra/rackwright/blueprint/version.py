"""The version of the language, and what is said of a blueprint of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import problems
from rackwright.diagnostics import FindingsError, with_position

if TYPE_CHECKING:
    from rackwright.blueprint.source_map import Node, SourceText

KEY = "blueprint"
CURRENT = 1
"""The version that this program speaks; older ones are migrated, newer ones need a newer program."""
OLDEST = 1


def stated(root: Node) -> int | None:
    """Return the version that a file says, None where it says none that there could be."""
    entry = root.entries.get(KEY)
    said = entry.node.data if entry else None
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= OLDEST else None


def refuse_other(source: SourceText, root: Node, *, older: bool = True) -> None:
    """Raise FindingsError where a file is of another version: whatever else is found in it would be noise.

    One of an older version passes unless `older`.
    """
    said = stated(root)
    if said is None or said == CURRENT or (said < CURRENT and not older):
        return
    node = root.entries[KEY].node
    message = f"this is a blueprint of version {said}, and rackwright speaks version {CURRENT}"
    hint = "rackwright migrate" if said < CURRENT else "upgrade rackwright"
    found = problems.OTHER_VERSION.at((KEY,), message, hint)
    raise FindingsError((with_position(found, source.position(node.start, node.end)),))
