"""What the stack of a link knows of its two ends: their providers, and what the stacks of their sites say."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from rackwright.plan import StackOut, StackReference
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.aws.context import AwsStack
    from rackwright.planning.gcp.context import GcpStack

    End: TypeAlias = AwsStack | GcpStack


def sites(first: End, second: End) -> Planned:
    """Return the section that reads the stacks of both sites."""
    area = first.area("sites", "between")
    title = f"Sites: what {first.site_stack} and {second.site_stack} provide, read from their stacks"
    ends = ((one.end, one.site_stack) for one in (first, second))
    nodes = tuple(StackReference(f"{end}_site", stack, area.section, area.origin) for end, stack in ends)
    return Planned(area.titled(title), nodes)


def site_output(end: End, *path: str) -> StackOut:
    """Return an output of the stack of the site at one end."""
    return StackOut(f"{end.end}_site", path)
