"""Facts as data with a source: machines, slices, fabrics, images, regions, prices, software, thresholds.

Files under data/ are read on first use, with the standard library alone. Unknown is None, never zero.
"""

from rackwright.catalog.accelerators import Accelerator, accelerator, accelerators
from rackwright.catalog.digest import digest
from rackwright.catalog.images import Image, image, image_aliases, images
from rackwright.catalog.machines import CLOUDS, machine, machine_names, machines
from rackwright.catalog.prices import Billing, Price, billing, price
from rackwright.catalog.query import ORDERS, Order, Query, price_per_accelerator, select
from rackwright.catalog.regions import Region, region, regions
from rackwright.catalog.slices import slice_type, slice_types
from rackwright.catalog.software import Software, all_software, software_for
from rackwright.catalog.sources import Source, source, sources
from rackwright.catalog.storage import (
    SizeRange,
    VolumeType,
    nearest_sizes,
    size_ranges,
    size_tiers,
    valid_size,
    volume_type,
)
from rackwright.catalog.thresholds import Threshold, threshold, thresholds
from rackwright.catalog.types import Arch, Cloud, Fabric, FabricKind, Interface, InterfaceKind, Machine, SliceType

__all__ = [
    "CLOUDS", "ORDERS", "Accelerator", "Arch", "Billing", "Cloud", "Fabric", "FabricKind", "Image", "Interface",
    "InterfaceKind", "Machine", "Order", "Price", "Query", "Region", "SizeRange", "SliceType", "Software", "Source",
    "Threshold", "VolumeType", "accelerator", "accelerators", "all_software", "billing", "digest", "image",
    "image_aliases", "images", "machine", "machine_names", "machines", "nearest_sizes", "price",
    "price_per_accelerator", "region", "regions", "select", "size_ranges", "size_tiers", "slice_type", "slice_types",
    "software_for", "source", "sources", "threshold", "thresholds", "valid_size", "volume_type",
]  # fmt: skip
