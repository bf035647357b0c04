"""The hosts a cluster will have, for Ansible and for the verdict; the same for both clouds."""

from rackwright.planning.hosts.sets import machine_hosts, mounts, slice_hosts

__all__ = ["machine_hosts", "mounts", "slice_hosts"]
