"""What is meant by names of other tools and of other things: a better hint than the nearest name."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from rackwright.catalog import machines
from rackwright.diagnostics import suggest
from rackwright.rules.unplanned import NO_IMAGES, NOT_RENTED, SYSTEMS, UNPLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable

V5E = re.compile(r"(?:tpu-)?v5e?(?:lite)?(?:pod)?-?(\d+)")
TPU = re.compile(r"(?:cloud-)?tpu-(v\w+-\d+)")
COUNTED = re.compile(r"([A-Za-z][\w-]*):(\d+)")
TPU_MACHINE = re.compile(r"(ct\w+|tpu7x?)-\w+-\d+t|tpu-.*|v[2-7]\w*-\d+")
BY_CHIPS = frozenset({"v5litepod", "v6e"})
"""Generations whose slices are named by their chips, others by their TensorCores, two a chip."""
FAMILY = re.compile(r"[.-]")
FAMILY_OF_IMAGES = re.compile(r"(?:projects/)?([a-z][a-z0-9-]+)/(?:family/)?([a-z][a-z0-9-]+)")
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
    gpu = next((one.accelerator for one in machines() if one.accelerator and _holds(name, one.accelerator)), None)
    if gpu:
        return f"GPUs are written accelerator: {{type: {gpu}, count: NUMBER}}"
    return _shaped(name, known) or _sizes(name, known) or suggest(name, known)


def machine_meant(name: str, known: Iterable[str]) -> str:
    """Return a hint for a machine type that the catalog does not have."""
    names = sorted(known)
    if TPU_MACHINE.fullmatch(name):
        return "TPUs are slices: write accelerator: v6e-16, as an example, without machine and nodes"
    if why := next((why for form, why in UNPLANNED.items() if re.fullmatch(form, name)), ""):
        return why
    kind = _type(name.partition(":")[0])
    if kind:
        return f"this is an accelerator: write accelerator: {{type: {kind}, count: 8}}, without machine and nodes"
    of_family = [one for one in names if one.startswith((f"{name}.", f"{name}-"))]
    if of_family:
        return f"this is a family: {', '.join(of_family)}"
    family = FAMILY.split(name)[0]
    alike = [one for one in names if FAMILY.split(one)[0] == family]
    near = suggest(name, alike or names)
    if alike or not near.startswith("known"):
        return near
    return f"the catalog has no series {family}; `rackwright catalog machines` lists all"


def _holds(name: str, accelerator: str) -> bool:
    """Return whether a name of others begins with that of an accelerator: h100-mega-80gb-8."""
    return re.fullmatch(f"(nvidia-)?(tesla-)?{accelerator.lower()}(-.*)?", name.lower()) is not None


def _shaped(name: str, known: Iterable[str]) -> str:
    """Return the slice whose sides stand in its name; blank where there is none: v6e-4x4 is v6e-16."""
    generation, _, sides = name.rpartition("-")
    if not re.fullmatch("[0-9]+(x[0-9]+){1,2}", sides):
        return ""
    chips = prod(map(int, sides.split("x")))
    meant = f"{generation}-{chips if generation in BY_CHIPS else 2 * chips}"
    return f"did you mean '{meant}', topology: {sides}?" if meant in set(known) else ""


def _sizes(name: str, known: Iterable[str]) -> str:
    """Return the sizes of a generation's slices that are next to one that there is not; blank for anything else."""
    generation, _, size = name.rpartition("-")
    sizes = sorted(int(one.rpartition("-")[2]) for one in known if one.rpartition("-")[0] == generation)
    if not sizes or not size.isdecimal():
        return ""
    below, above = (
        [one for one in sizes if one < int(size)][-1:],
        [one for one in sizes if one > int(size)][:1],
    )
    return f"next to it are {' and '.join(f'{generation}-{one}' for one in (*below, *above))}"


def image_meant(cloud: str, name: str, known: Iterable[str]) -> str:
    """Return a hint for an image that is neither an alias nor an id: nvcr.io/nvidia/tensorflow:24.10, jammy."""
    aliases, other = list(known), {"aws": "projects/", "gcp": "ami-"}.get(cloud, " ")
    if name.startswith(other):
        return f"this is an image of {'Google Cloud' if cloud == 'aws' else 'AWS'}: write an alias, as ubuntu-24.04"
    bare = re.sub(r"[^a-z0-9]", "", name.lower())
    meant = next((alias for form, alias in SYSTEMS.items() if re.fullmatch(form, bare)), "")
    if meant in aliases:
        return f"did you mean '{meant}'?"
    if why := next((why for form, why in NO_IMAGES.items() if re.fullmatch(form, name, re.IGNORECASE)), ""):
        return why
    family = FAMILY_OF_IMAGES.fullmatch(name) if cloud == "gcp" else None
    return f"write projects/{family[1]}/global/images/family/{family[2]}" if family else suggest(name, aliases)


def accelerator_meant(name: str, known: Iterable[str]) -> str:
    """Return a hint for accelerators of which there are none: h100, nvidia-tesla-t4."""
    names = set(known)
    if why := next((why for form, why in NOT_RENTED.items() if re.fullmatch(form, name, re.IGNORECASE)), ""):
        return why
    meant = _type(name)
    return f"did you mean '{meant}'?" if meant in names else suggest(name, names)


def _type(name: str) -> str | None:
    """Return the accelerator that a name of a vendor or of another tool stands for."""
    types = {one.accelerator.lower(): one.accelerator for one in machines() if one.accelerator}
    return types.get(name.lower()) or types.get(VENDORS.sub("", name.lower()))
