"""Simulated accelerators: an nvidia-smi that answers from the catalog and whose devices say that they are simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rackwright.plan import Expectation

UUID_PREFIX = "GPU-SIMULATED"
"""How the UUID of every simulated device begins: whoever reads it can tell, whatever else was forgotten."""
DRIVER = "580.0.0-simulated"
MIB_PER_GIB = 1024

SCRIPT = """#!/bin/sh
# Simulated by rackwright for a rehearsal: there is no such device in this machine.
case "$*" in
  -L)
{listed}
    ;;
  *--query-gpu=name,uuid,memory.total,driver_version*)
{queried}
    ;;
  *--query-gpu=driver_version*)
{drivers}
    ;;
  *)
    echo "nvidia-smi: this simulated one does not answer: $*" >&2
    exit 2
    ;;
esac
"""


def accelerator_devices(expect: Expectation) -> tuple[str, ...]:
    """Return where the driver of a host would show its accelerators."""
    return tuple(f"/dev/nvidia{index}" for index in range(expect.accelerators)) if accelerator_files(expect) else ()


def accelerator_files(expect: Expectation) -> dict[str, str]:
    """Return the files that make a host look as if it had its accelerators; none where it has none."""
    if not expect.accelerators or expect.accelerator.startswith("TPU"):
        return {}
    memory = round((expect.accelerator_memory_gib or 0) * MIB_PER_GIB)
    names = [(f"NVIDIA {expect.accelerator}", f"{UUID_PREFIX}-{index}") for index in range(expect.accelerators)]
    listed = [f"    echo 'GPU {index}: {name} (UUID: {uuid})'" for index, (name, uuid) in enumerate(names)]
    queried = [f"    echo '{name}, {uuid}, {memory}, {DRIVER}'" for name, uuid in names]
    drivers = [f"    echo '{DRIVER}'" for _ in names]
    script = SCRIPT.format(listed="\n".join(listed), queried="\n".join(queried), drivers="\n".join(drivers))
    return {"/usr/local/bin/nvidia-smi": script}
