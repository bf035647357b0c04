"""audit.py: who reads and writes data is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Named, Ref, Repeat, args, text
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.gcp.context import GcpStack

RECORDED = ("cloudkms", "storage")
"""Services whose data are read and written, and whose keys are used."""
KINDS = ("DATA_READ", "DATA_WRITE")


def audit(here: GcpStack) -> Planned:
    """Return the section of data access audit logs."""
    area = here.area("audit", "security", "audit")
    recorded = area.resource(
        "recorded",
        "projects/iAMAuditConfig:IAMAuditConfig",
        ROW,
        args(
            project=here.site.project,
            service=text(ROW, ".googleapis.com"),
            audit_log_configs=[{"log_type": kind} for kind in KINDS],
        ),
        depends_on=(Ref("enabled"),),
        retain_on_delete=True,
    )
    note = "They are of the whole project, and stay on when the stack goes."
    repeat = Repeat("services", "service", Named(RECORDED), (), (recorded,), area.section, area.origin, note)
    return Planned(area.titled("Audit: who reads and writes data is recorded in the logs of the project"), (repeat,))
