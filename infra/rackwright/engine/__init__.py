"""Running programs: the embedded engine, the rehearsal cloud behind it, and the proof that a program is its plan.

The embedded engine is never a second deployment tool: it previews and rehearses; Pulumi deploys.
"""
