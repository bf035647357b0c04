"""What a plan costs and draws, from its compact form; unknown is reported as unknown."""

from rackwright.estimate.bought import Bought, bought, facts
from rackwright.estimate.cost import HOURS_PER_MONTH, Cost, Line, cost
from rackwright.estimate.disks import Disk, disks
from rackwright.estimate.power import Draw, Power, power

__all__ = [
    "HOURS_PER_MONTH", "Bought", "Cost", "Disk", "Draw", "Line", "Power", "bought", "cost", "disks", "facts", "power",
]  # fmt: skip
