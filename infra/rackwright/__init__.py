"""rackwright: a reviewed blueprint of an AI datacenter becomes a cluster that has proved itself."""

__version__ = "0.1.0"
