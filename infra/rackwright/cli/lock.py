"""rackwright lock: write the ids of images into blueprint.lock, or say what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    from rackwright.workflows.lock import Locking

HELP = """Write the image that every alias stands for into blueprint.lock, so that programs hold ids alone.

What the lock has stays; what it lacks is asked of `aws` or `gcloud`, with your credentials; what nothing uses goes.
Compile afterwards, and have both reviewed: `rackwright review` shows which images change.

Exit code 0: done. 1: the blueprint has errors, or `--check` found that the lock is not what the blueprint needs. 4: a
cloud did not answer, as without credentials. 5: `aws` or `gcloud` is missing.

Examples:

\b
  rackwright lock aurora
  rackwright lock aurora --update ubuntu-24.04    take the newest image of this alias
  rackwright lock aurora --check                  for CI: ask nobody, write nothing
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("lock", help=HELP)(lock)


def lock(
    blueprint: str = typer.Argument(
        help="Blueprint file, folder or datacenter name.", autocompletion=targets.complete_datacenter
    ),
    update: list[str] = typer.Option(None, "--update", help="Ask again for this alias; may be repeated."),
    check: bool = typer.Option(False, "--check", help="Write nothing; exit 1 where the lock lacks or holds too much."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Lock the images of a datacenter."""
    from rackwright.cli import watch
    from rackwright.workflows import lock as workflow
    from rackwright.workflows.steps import Steps

    seen = workflow.look(targets.blueprint_path(blueprint))
    if check:
        _show(seen, output, changed=False)
        stale = bool(seen.unused) or not all(seen.now.values())
        raise typer.Exit(ExitCode.FINDINGS if stale else ExitCode.OK)
    with Steps(watch.watcher()).step("ask for images") as step:
        filled = workflow.fill(seen, tuple(update or ()), step.progress)
    _show(filled, output, changed=workflow.write(filled))


def _show(found: Locking, output: console.Format, *, changed: bool) -> None:
    if output is console.Format.JSON:
        console.document({"lock": str(found.path), "changed": changed, "images": _rows(found)})
        return
    for row in _rows(found):
        ids = dict.fromkeys(filter(None, (row["before"], row["id"])))
        name = f"{row['alias']} ({row['arch']}, {row['region']})"
        console.line(f"{row['state']:<8}  {name}  {' -> '.join(ids) or '-'}")
    if not found.now:
        console.line("no cluster has an image alias")


def _rows(found: Locking) -> list[dict[str, Any]]:
    """Return every alias with what became of it: locked, new, updated, missing or unused."""
    return [
        {
            "cloud": alias.cloud, "region": alias.region, "arch": alias.arch, "alias": alias.name,
            "id": found.now.get(alias, ""), "before": found.before.get(alias, ""), "state": _state(found, alias),
        }
        for alias in sorted({*found.now, *found.before})
    ]  # fmt: skip


def _state(found: Locking, alias: Any) -> str:
    now, before = found.now.get(alias), found.before.get(alias)
    if now is None:
        return "unused"
    if not now:
        return "missing"
    return "locked" if now == before else "updated" if before else "new"
