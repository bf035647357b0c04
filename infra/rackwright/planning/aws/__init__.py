"""Plans of AWS sites and clusters: one file per section of the program."""

from rackwright.planning.aws.cluster import plan_cluster
from rackwright.planning.aws.site import plan_site

__all__ = ["plan_cluster", "plan_site"]
