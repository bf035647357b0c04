"""Facts as data with a source: machines, slices, fabrics, images, regions, prices, software, thresholds.

Files under data/ are read on first use, with the standard library alone. Unknown is None, never zero.
"""

from rackwright.catalog.digest import digest
from rackwright.catalog.machines import CLOUDS, machine, machine_names, machines
from rackwright.catalog.slices import slice_type, slice_types
from rackwright.catalog.types import Accelerator, Fabric, Image, Interface, Machine, Region, SliceType, Source

__all__ = [
    "CLOUDS", "Accelerator", "Fabric", "Image", "Interface", "Machine", "Region", "SliceType", "Source",
    "digest", "machine", "machine_names", "machines", "slice_type", "slice_types",
]  # fmt: skip
