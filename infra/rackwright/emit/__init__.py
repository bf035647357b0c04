"""Plan -> artifacts: program, plan.json, inventory, runbook, manifest. Returns text; writes nothing."""

from rackwright.emit.stack import Source, emit

__all__ = ["Source", "emit"]
