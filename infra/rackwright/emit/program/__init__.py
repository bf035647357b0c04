"""A plan as a standalone Pulumi program: one module per section, printed generically for every resource type."""

from rackwright.emit.program.modules import program_files

__all__ = ["program_files"]
