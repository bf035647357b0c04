"""What is meant by names of other tools and of other things: a better hint than the nearest name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.catalog import machines
from rackwright.diagnostics import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

V5E = re.compile(r"(?:tpu-)?v5e?(?:lite)?(?:pod)?-?(\d+)")
TPU = re.compile(r"(?:cloud-)?tpu-(v\w+-\d+)")
COUNTED = re.compile(r"([A-Za-z][\w-]*):(\d+)")
TPU_MACHINE = re.compile(r"(ct\w+|tpu7x?)-\w+-\d+t|tpu-.*|v[2-7]\w*-\d+")
VENDORS = re.compile(r"^(nvidia-)?(tesla-)?|(-?80gb|-?141gb|-hbm3e?|-sxm\d?|-vws|-mega)*$")


def slice_meant(name: str, known: Iterable[str]) -> str:
    """Return a hint for a TPU slice type that the catalog does not have."""
    for form, words in ((V5E, "v5litepod-{}"), (TPU, "{}")):
        found = form.fullmatch(name)
        if found and words.format(found[1]) in (names := set(known)):
            return f"did you mean '{words.format(found[1])}'?" if names else ""
    counted = COUNTED.fullmatch(name)
    if counted:
        return f"write accelerator: {{type: {_type(counted[1]) or counted[1]}, count: {counted[2]}}}"
    return suggest(name, known)


def machine_meant(name: str, known: Iterable[str]) -> str:
    """Return a hint for a machine type that the catalog does not have."""
    names = sorted(known)
    if TPU_MACHINE.fullmatch(name):
        return "TPUs are slices: write accelerator: v6e-16, as an example, without machine and nodes"
    kind = _type(name.partition(":")[0])
    if kind:
        return f"this is an accelerator: write accelerator: {{type: {kind}, count: 8}}, without machine and nodes"
    of_family = [one for one in names if one.startswith((f"{name}.", f"{name}-"))]
    return f"this is a family: {', '.join(of_family)}" if of_family else suggest(name, names)


def accelerator_meant(name: str, known: Iterable[str]) -> str:
    """Return a hint for accelerators of which there are none: h100, nvidia-tesla-t4."""
    names = set(known)
    meant = _type(name)
    return f"did you mean '{meant}'?" if meant in names else suggest(name, names)


def _type(name: str) -> str | None:
    """Return the accelerator that a name of a vendor or of another tool stands for."""
    types = {one.accelerator.lower(): one.accelerator for one in machines() if one.accelerator}
    return types.get(name.lower()) or types.get(VENDORS.sub("", name.lower()))
