"""What the real engine changed or would change, as text and as data."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.cli import console

if TYPE_CHECKING:
    from rackwright.engine.pulumi_cli import Deployed


def show(stack: str, done: Deployed, output: console.Format) -> None:
    """Print changes; what the engine warned of goes to standard error, whatever the format."""
    for warning in done.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    if output is console.Format.JSON:
        console.document(as_data(stack, done))
        return
    for (operation, kind), count in sorted(Counter((one.operation, one.type) for one in done.changes).items()):
        console.line(f"{operation} {count:>4}  {kind}")
    counts = ", ".join(f"{count} {operation}" for operation, count in done.operations.items())
    console.line(f"{stack}: {counts or 'nothing to change'} (Pulumi CLI)")


def as_data(stack: str, done: Deployed) -> dict[str, Any]:
    """Return changes for a machine."""
    return {
        "stack": stack,
        "engine": "pulumi",
        "operations": done.operations,
        "changes": [{"operation": one.operation, "type": one.type, "name": one.name} for one in done.changes],
        "outputs": done.outputs,
        "warnings": list(done.warnings),
    }
