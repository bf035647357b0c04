"""rackwright catalog refresh: the AWS tables again, from files that AWS's own commands wrote; the result is a diff."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import typer

from rackwright.cli import console
from rackwright.diagnostics import StepError

HELP = """Rebuild the AWS tables from AWS's own files, as a diff.

Works offline, on files. Prints a unified diff to review; --write puts it into the catalog. Where there is a network
and credentials, AWS's own commands write the files:

\b
  aws ec2 describe-instance-types --region us-east-1 > types.json
  aws ec2 describe-instance-type-offerings --region us-east-1 --location-type availability-zone-id > zones.json
  aws ec2 describe-spot-price-history --region us-east-1 --product-descriptions Linux/UNIX > spot.json
  aws pricing get-products --region us-east-1 --service-code AmazonEC2 --filters \\
    Type=TERM_MATCH,Field=regionCode,Value=us-east-1 Type=TERM_MATCH,Field=capacitystatus,Value=Used > prices.json

The public price list of a region (index.json, some hundred megabytes) is read as well.

Example:

\b
  rackwright catalog refresh --from types.json --from zones.json --from prices.json --add 'm8g.*'
"""


def register(group: typer.Typer) -> None:
    """Add the verb."""
    group.command("refresh", help=HELP)(refresh)


def refresh(
    sources: list[Path] = typer.Option(..., "--from", help="A JSON file, also gzipped; give it once per file."),
    region: str = typer.Option("us-east-1", "--region", help="The region whose prices are read."),
    add: list[str] = typer.Option((), "--add", help="Pattern of types to take in that the catalog lacks."),
    write: bool = typer.Option(False, "--write", help="Write the tables instead of only showing the diff."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Show, and with --write keep, what AWS publishes now."""
    from rackwright.catalog import refresh as rebuild
    from rackwright.catalog.published import read
    from rackwright.catalog.reading import DATA
    from rackwright.system import files

    try:
        result = rebuild.refresh(read([_document(path) for path in sources], region), region, add)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise StepError(f"not what AWS publishes: {wrong}", hint="rackwright catalog refresh --help") from wrong
    diffs = {}
    for name, table in result.tables.items():
        path, text = DATA / f"{name}.csv", rebuild.render(table)
        change = rebuild.diff(name, path.read_text(encoding="utf-8"), text)
        if change:
            diffs[name] = change
            if write:
                files.write_atomic(path, text)
    if output is console.Format.JSON:
        console.document({"diffs": diffs, "unlisted": result.unlisted, "written": write and bool(diffs)})
        return
    _print(diffs, result.unlisted, write=write)


def _print(diffs: dict[str, str], unlisted: tuple[str, ...], *, write: bool) -> None:
    for change in diffs.values():
        console.line(change.rstrip("\n"))
    console.line(f"{len(diffs)} tables {'written' if write else 'differ'}" if diffs else "the catalog is what AWS says")
    if unlisted:
        console.line(f"{len(unlisted)} types that AWS describes are not in the catalog (take them in with --add)")
    if diffs and not write:
        console.line("next: review, then again with --write")


def _document(path: Path) -> dict[str, Any]:
    """Return a file's JSON; raise StepError where there is none."""
    try:
        content = path.read_bytes()
        found = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    except (OSError, ValueError) as wrong:
        raise StepError(f"cannot read {path}: {wrong}", hint="rackwright catalog refresh --help") from wrong
    if not isinstance(found, dict):
        raise StepError(f"{path} holds no JSON object", hint="rackwright catalog refresh --help")
    return found
