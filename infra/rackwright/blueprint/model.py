"""The base of every blueprint model: strict, frozen, unknown keys refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")]
"""A key that becomes part of resource names: lower case, digits and hyphens, 2 to 32 characters."""

Cidr = Annotated[str, StringConstraints(pattern=r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$")]
"""An IPv4 block in CIDR notation; whether it is a valid one is a rule's business."""

Size = Annotated[str, StringConstraints(pattern=r"^[1-9]\d*(GiB|TiB)$")]
"""A capacity with its unit, as 500GiB or 12TiB."""

GIB_PER_TIB = 1024


class Model(BaseModel):
    """What all blueprint models share."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


def gib(size: str) -> int:
    """Return the number of GiB in a Size."""
    number = int(size[:-3])
    return number * GIB_PER_TIB if size.endswith("TiB") else number
