"""Images by alias: looked up when a stack is created, or named by their path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import image
from rackwright.plan import args, out, value
from rackwright.planning.gcp.context import CLOUD

if TYPE_CHECKING:
    from rackwright.plan import Node, Value
    from rackwright.planning.area import Area

NOTE = "The alias is resolved when the stack is created and exported; running nodes keep what they have."


def look_up(area: Area, key: str, name: str, arch: str, note: str = NOTE) -> tuple[Node, ...]:
    """Return the question for the image behind an alias; none where the name is a path already."""
    if "/" in name:
        return ()
    known = image(CLOUD, name, arch)
    if known is None:
        raise ValueError(f"image alias {name} was not checked before planning")
    inputs = args(family=known.family, project=known.project)
    return (area.under("image").invoke(key, "compute/getImage:getImage", inputs, note=note),)


def found(key: str, name: str) -> Value:
    """Return an image: what `look_up` finds under `key`, or the path itself."""
    return value(name) if "/" in name else out(key, "self_link")
