"""Plans of Google Cloud sites and clusters: one file per section of the program."""

from rackwright.planning.gcp.cluster import plan_cluster
from rackwright.planning.gcp.site import plan_site

__all__ = ["plan_cluster", "plan_site"]
