"""Everything one plan compiles to, as text by file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rackwright.diagnostics import Path
from rackwright.emit.format import formatted
from rackwright.emit.inventory import inventory
from rackwright.emit.manifest import manifest
from rackwright.emit.program import program_files
from rackwright.emit.runbook import runbook
from rackwright.plan import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.plan import Plan


@dataclass(frozen=True, slots=True)
class Source:
    """What a compilation read: the blueprint's path as committed, its text, and where a path in it stands.

    `bases` are the files that it extends, path as committed to text; `lock` is the text of its lock, if it has one.
    """

    path: str
    text: str
    locate: Callable[[Path], str]
    bases: Mapping[str, str] = field(default_factory=dict)
    lock: str | None = None


def emit(plans: Sequence[Plan], source: Source, *, facts: str, compiler: str) -> dict[str, dict[str, str]]:
    """Return stack name -> file name -> text for every plan; `facts` is the digest of the catalog rows used."""
    raw = {
        f"{plan.stack}/program/{name}": text
        for plan in plans
        for name, text in program_files(plan, source.locate, source.path).items()
    }
    programs = formatted(raw)
    return {plan.stack: _stack(plan, programs, source, facts=facts, compiler=compiler) for plan in plans}


def _stack(plan: Plan, programs: dict[str, str], source: Source, *, facts: str, compiler: str) -> dict[str, str]:
    own = f"{plan.stack}/"
    artifacts = {name.removeprefix(own): text for name, text in programs.items() if name.startswith(own)}
    artifacts["plan.json"] = to_json(plan)
    artifacts["RUNBOOK.md"] = runbook(plan, source.path)
    if plan.host_sets:
        artifacts["inventory.yml"] = inventory(plan)
    artifacts["manifest.json"] = manifest(
        stack=plan.stack,
        blueprint={source.path: source.text, **source.bases},
        lock=source.lock,
        artifacts=artifacts,
        facts=facts,
        compiler=compiler,
    )
    return artifacts
