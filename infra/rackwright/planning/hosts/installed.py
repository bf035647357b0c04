"""What is installed on a host: which locks, which packages beside them, which driver, which daemons, which engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rackwright.catalog.pins import stack_for
from rackwright.catalog.releases import driver_for
from rackwright.plan import Installed

if TYPE_CHECKING:
    from rackwright.blueprint.cluster import Software
    from rackwright.catalog import Machine
    from rackwright.catalog import Software as Stack

AMD64 = "amd64"
"""The architecture of machines that the catalog does not know."""
SWITCHED = 8
"""Accelerators of a host from which on NVLink switches join them."""
ACROSS = "nvidia-imex"
"""The daemon of accelerators that NVLink joins across hosts, however many a host has."""


def installed(host: Machine | None, software: Software) -> Installed:
    """Return what is installed on a machine; for accelerators, nothing where it has none."""
    arch, asked = host.arch if host else AMD64, software.version
    engine = software.containers if software.containers != "none" else ""
    bare = stack_for(None, arch, asked) if asked else None
    found = Installed(bare=(bare and bare.variant) or "", requirements=software.requirements, containers=engine)
    stack = stack_for(host.accelerator, arch, asked) if host and host.accelerator else None
    return replace(found, **_accelerated(host, stack)) if host and stack else found


def _accelerated(host: Machine, stack: Stack) -> dict[str, Any]:
    """Return what is installed for the accelerators of a machine."""
    driver = driver_for(host.accelerator or "")
    daemons = driver.daemons if driver and host.accelerator_share == 1 else ()
    return {
        "variant": stack.variant or "",
        "branch": stack.driver_branch or "",
        "modules": stack.kernel_modules or "",
        "daemons": tuple(one for one in daemons if one == ACROSS or host.accelerators >= SWITCHED),
    }
