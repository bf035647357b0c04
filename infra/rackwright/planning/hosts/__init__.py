"""The hosts a cluster will have, for Ansible and for the verdict; the same for both clouds."""

from rackwright.planning.hosts.mounts import mounts, used_buckets
from rackwright.planning.hosts.sets import group_hosts, head_hosts, machine_hosts, slice_hosts

__all__ = ["group_hosts", "head_hosts", "machine_hosts", "mounts", "slice_hosts", "used_buckets"]
