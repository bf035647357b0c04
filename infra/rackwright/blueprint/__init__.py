"""The language: one Pydantic file per concept, loaded from YAML with the position of every key."""

from rackwright.blueprint.access import AwsAccess, GcpAccess
from rackwright.blueprint.capacity import (
    Block,
    FlexStart,
    OnDemand,
    OnDemandMachines,
    Reservation,
    ReservedSlices,
    Spot,
    SpotMachines,
)
from rackwright.blueprint.cluster import (
    AcceleratorCluster,
    Accelerators,
    Attached,
    Cluster,
    MachineCluster,
    Nodes,
    SliceCluster,
    Software,
)
from rackwright.blueprint.datacenter import AwsSite, Blueprint, GcpSite, Owner, Site
from rackwright.blueprint.limits import Budget, Power
from rackwright.blueprint.links import Link, Vpn
from rackwright.blueprint.model import gib
from rackwright.blueprint.monitoring import AwsMonitoring, GcpMonitoring, Monitoring
from rackwright.blueprint.network import AwsNetwork, ExistingNetwork, ExistingVpc, GcpNetwork, Network
from rackwright.blueprint.policy import Policy
from rackwright.blueprint.scheduler import Partition, Slurm
from rackwright.blueprint.storage import (
    Backup,
    BlockStorage,
    ExistingBucket,
    FileStorage,
    Lifecycle,
    ObjectStorage,
    ParallelStorage,
    Storage,
)
from rackwright.blueprint.suppression import Suppression
from rackwright.blueprint.validation import Acceptance, Validation

__all__ = [
    "AcceleratorCluster",
    "Accelerators",
    "Acceptance",
    "Attached",
    "AwsAccess",
    "AwsMonitoring",
    "AwsNetwork",
    "AwsSite",
    "Backup",
    "Block",
    "BlockStorage",
    "Blueprint",
    "Budget",
    "Cluster",
    "ExistingBucket",
    "ExistingNetwork",
    "ExistingVpc",
    "FileStorage",
    "FlexStart",
    "GcpAccess",
    "GcpMonitoring",
    "GcpNetwork",
    "GcpSite",
    "Lifecycle",
    "Link",
    "MachineCluster",
    "Monitoring",
    "Network",
    "Nodes",
    "ObjectStorage",
    "OnDemand",
    "OnDemandMachines",
    "Owner",
    "ParallelStorage",
    "Partition",
    "Policy",
    "Power",
    "Reservation",
    "ReservedSlices",
    "Site",
    "SliceCluster",
    "Slurm",
    "Software",
    "Spot",
    "SpotMachines",
    "Storage",
    "Suppression",
    "Validation",
    "Vpn",
    "gib",
]
