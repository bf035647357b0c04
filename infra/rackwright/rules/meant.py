"""What is meant by names of other tools and of other things: a better hint than the nearest name."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from rackwright.catalog import machines
from rackwright.diagnostics import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

V5E = re.compile(r"(?:tpu-)?v5e?(?:lite)?(?:pod)?-?(\d+)")
TPU = re.compile(r"(?:cloud-)?tpu-(v\w+-\d+)")
COUNTED = re.compile(r"([A-Za-z][\w-]*):(\d+)")
TPU_MACHINE = re.compile(r"(ct\w+|tpu7x?)-\w+-\d+t|tpu-.*|v[2-7]\w*-\d+")
BY_CHIPS = frozenset({"v5litepod", "v6e"})
"""Generations whose slices are named by their chips, others by their TensorCores, two a chip."""
FAMILY = re.compile(r"[.-]")
UNPLANNED = {
    r"g4ad\..+": "its GPUs are AMD's, for which nothing is planned: take g4dn or g6",
    r"(p2|g2|g3|g3s)\..+": "nothing is planned for GPUs older than Volta: take g4dn or g6",
    r"(dl1|dl2q|vt1|f1|f2)\..+": "nothing is planned for its accelerators",
    r"mac.*\.metal": "Macs are no machines of a cluster",
    r"([a-z]+[0-9]+[a-z]*-)?custom-.*": "custom machine types are not planned: take a predefined one",
    r"Standard_.+": "this is a machine of Azure",
    r"(BM|VM)\..+": "this is a machine of Oracle Cloud",
}
"""Machines that are none of the catalog's for a reason, by the form of their names."""
NOT_RENTED = {
    r"(tpu-?)?v[2-7]\w*(-\d+)?|tpu7x.*": "TPUs are slices: write accelerator: v6e-16, as an example",
    r"(radeon.*|instinct.*|mi\d+.*)": "nothing is planned for AMD's GPUs",
    r"(gaudi.*|max-1550|habana.*)": "nothing is planned for Intel's accelerators",
    r"(geforce-?)?(rtx-?[2-5]0[5-9]0.*|rtx-?a\d+.*|gtx.*)|a40|a6000|a10|a30": "neither cloud has machines with it",
    r"(tesla-)?(k80|m60|k520)": "nothing is planned for GPUs older than Pascal",
}
"""Accelerators that no machine of the catalog has for a reason, by the form of their names."""
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
    unknown = f"the catalog has no series {family}; `rackwright catalog machines` lists all"
    return unknown if near.startswith("known") else near


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
