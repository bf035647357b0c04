"""Images by alias: looked up when a stack is created, or named by their id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import image
from rackwright.plan import args, out, value
from rackwright.planning.aws.context import CLOUD

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain, Value
    from rackwright.planning.area import Area

NOTE = "The alias is resolved when the stack is created and exported; running nodes keep what they have."

PUBLIC = "insecure_value"
"""What a parameter is, where it is no secret: as `value` Pulumi would hide which image nodes started from."""


def look_up(area: Area, key: str, name: str, arch: str, note: str = NOTE) -> tuple[Node, ...]:
    """Return the question for the image behind an alias; none where the name is an id already."""
    if name.startswith("ami-"):
        return ()
    known = image(CLOUD, name, arch)
    if known is None:
        raise ValueError(f"image alias {name} was not checked before planning")
    if known.name_filter is None:
        return (area.invoke(key, "ssm/getParameter:getParameter", args(name=known.parameter), note=note),)
    filters: Plain = [{"name": "name", "values": [known.name_filter]}, {"name": "state", "values": ["available"]}]
    inputs = args(owners=[known.owner], most_recent=True, filters=filters)
    return (area.under("image").invoke(key, "ec2/getAmi:getAmi", inputs, note=note),)


def found(key: str, name: str, arch: str) -> Value:
    """Return the id of an image: what `look_up` finds under `key`, or the id itself."""
    if name.startswith("ami-"):
        return value(name)
    known = image(CLOUD, name, arch)
    by_name = known is not None and known.name_filter is not None
    return out(key) if by_name else out(key, PUBLIC)
