"""The language: one Pydantic file per concept, loaded from YAML with the position of every key."""

from rackwright.blueprint.access import AwsAccess, GcpAccess
from rackwright.blueprint.cluster import (
    Cluster,
    MachineCluster,
    Nodes,
    OnDemand,
    Reservation,
    SliceCluster,
    Software,
    Spot,
)
from rackwright.blueprint.datacenter import AwsSite, Blueprint, GcpSite, Owner, Site
from rackwright.blueprint.model import gib
from rackwright.blueprint.network import Network
from rackwright.blueprint.storage import BlockStorage, FileStorage, ObjectStorage, ParallelStorage, Storage
from rackwright.blueprint.validation import Validation

__all__ = [
    "AwsAccess",
    "AwsSite",
    "BlockStorage",
    "Blueprint",
    "Cluster",
    "FileStorage",
    "GcpAccess",
    "GcpSite",
    "MachineCluster",
    "Network",
    "Nodes",
    "ObjectStorage",
    "OnDemand",
    "Owner",
    "ParallelStorage",
    "Reservation",
    "Site",
    "SliceCluster",
    "Software",
    "Spot",
    "Storage",
    "Validation",
    "gib",
]
