"""Facts as data with a source: machines, slices, fabrics, images, regions, prices, software, thresholds, quotas.

Files under data/ are read on first use, with the standard library alone. Unknown is None, never zero. What only some
verbs ask for (prices, power, permissions, proofs, thresholds, queries) is imported from its own module.
"""

from rackwright.catalog.accelerators import Accelerator, accelerator, accelerators
from rackwright.catalog.attachments import Attachable, Attachment, attachables, attached, attachments
from rackwright.catalog.environments import environment_mib
from rackwright.catalog.images import Image, image, image_aliases, images
from rackwright.catalog.limits import Limits, limits
from rackwright.catalog.machines import CLOUDS, machine, machine_names, machines
from rackwright.catalog.offers import Offering, offered_in, offered_zones, offerings
from rackwright.catalog.quotas import UNITS, Demand, Quota, Use, quota_demand, quotas
from rackwright.catalog.regions import Region, region, regions
from rackwright.catalog.releases import (
    Driver,
    Fit,
    Release,
    driver_for,
    tensorflow_fit,
    tensorflow_release,
    tensorflow_releases,
)
from rackwright.catalog.slices import (
    SHAPED,
    runtime_generations,
    runtime_names,
    slice_of_shape,
    slice_type,
    slice_types,
)
from rackwright.catalog.software import Software, all_software, software_for
from rackwright.catalog.sources import Source, source, sources
from rackwright.catalog.storage import (
    VOLUME,
    SizeRange,
    VolumeType,
    nearest_sizes,
    size_ranges,
    size_services,
    size_tiers,
    valid_size,
    volume_type,
    volume_types,
)
from rackwright.catalog.throughputs import Throughput, throughput, throughputs
from rackwright.catalog.types import (
    CORES_PER_CHIP,
    Arch,
    Cloud,
    Fabric,
    FabricKind,
    Interface,
    InterfaceKind,
    Machine,
    SliceType,
)

__all__ = [
    "CLOUDS", "CORES_PER_CHIP", "SHAPED", "UNITS", "VOLUME", "Accelerator", "Arch", "Attachable", "Attachment",
    "Cloud", "Demand", "Driver", "Fabric", "FabricKind", "Fit", "Image", "Interface", "InterfaceKind", "Limits",
    "Machine",
    "Offering", "Quota", "Region", "Release", "SizeRange", "SliceType", "Software", "Source", "Throughput", "Use",
    "VolumeType", "accelerator", "accelerators", "all_software", "attachables", "attached",
    "attachments", "driver_for", "environment_mib", "image",
    "image_aliases", "images", "limits", "machine", "machine_names", "machines", "nearest_sizes", "offered_in",
    "offered_zones", "offerings", "quota_demand", "quotas", "region", "regions", "runtime_generations",
    "runtime_names",
    "size_ranges", "size_services", "size_tiers", "slice_of_shape", "slice_type", "slice_types", "software_for",
    "source", "sources", "tensorflow_fit", "tensorflow_release", "tensorflow_releases", "throughput",
    "throughputs", "valid_size", "volume_type", "volume_types",
]  # fmt: skip
