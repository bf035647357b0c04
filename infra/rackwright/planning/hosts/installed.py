"""What is installed for the accelerators of a host: which locks, which driver, which daemons beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import software_for
from rackwright.catalog.releases import driver_for
from rackwright.plan import Installed

if TYPE_CHECKING:
    from rackwright.catalog import Machine

SWITCHED = 8
"""Accelerators of a host from which on NVLink switches join them."""
ACROSS = "nvidia-imex"
"""The daemon of accelerators that NVLink joins across hosts, however many a host has."""


def installed(host: Machine | None) -> Installed:
    """Return what is installed for the accelerators of a machine; nothing where it has none."""
    stack = software_for(host.accelerator, host.arch) if host and host.accelerator else None
    if host is None or stack is None:
        return Installed()
    driver = driver_for(host.accelerator or "")
    daemons = driver.daemons if driver and host.accelerator_share == 1 else ()
    return Installed(
        variant=stack.variant or "",
        branch=stack.driver_branch or "",
        modules=stack.kernel_modules or "",
        daemons=tuple(one for one in daemons if one == ACROSS or host.accelerators >= SWITCHED),
    )
