"""rackwright catalog: what the catalog knows of machines."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import typer

from rackwright.cli import console
from rackwright.diagnostics import StepError, suggest

if TYPE_CHECKING:
    from rackwright.catalog import Machine, SliceType

MACHINES = """List machine types; unknown prices are blank, never zero.

Examples:

  rackwright catalog machines --accelerator H100 --cloud aws,gcp --max-price 60 --sort price
  rackwright catalog machines --cloud gcp --format json
"""
SHOW = """Show everything the catalog knows of one machine or TPU slice type, with its sources.

Example:

  rackwright catalog show p5en.48xlarge
"""


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(help="What the catalog knows of machines.", no_args_is_help=True, rich_markup_mode=None)
    group.command("machines", help=MACHINES)(machines)
    group.command("show", help=SHOW)(show)
    app.add_typer(group, name="catalog")


def machines(
    accelerator: str = typer.Option(
        "", "--accelerator", help="Names or families, separated by commas; none: CPU only."
    ),
    cloud: str = typer.Option("", "--cloud", help="aws, gcp, or both separated by a comma."),
    max_price: float = typer.Option(None, "--max-price", help="USD an hour, on demand."),
    sort: str = typer.Option("name", "--sort", help="name, price, price-per-accelerator, spot, accelerators, memory."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """List machine types."""
    from rackwright.catalog import machines as everything
    from rackwright.catalog.query import ORDERS, Query, select

    order = next((one for one in ORDERS if one == sort), None)
    if order is None:
        raise StepError(f"machines cannot be sorted by {sort!r}", hint=suggest(sort, ORDERS))
    query = Query(clouds=_words(cloud), accelerators=_words(accelerator), max_price=max_price)
    found = select(everything(), query, order)
    if output is console.Format.JSON:
        console.document({"machines": [dataclasses.asdict(one) for one in found]})
        return
    console.line(
        f"{'machine':<22}{'cloud':<7}{'accelerators':<18}{'vCPUs':>6}{'GiB':>7}{'Gbit/s':>8}{'USD/h':>10}  fabric"
    )
    for one in found:
        console.line(_row(one))


def show(name: str = typer.Argument(help="Machine or slice type.")) -> None:
    """Show one type."""
    from rackwright.catalog import machine, machine_names, slice_type, slice_types

    found: Machine | SliceType | None = machine("aws", name) or machine("gcp", name) or slice_type(name)
    if found is None:
        known = [*machine_names("aws"), *machine_names("gcp"), *(one.name for one in slice_types())]
        raise StepError(f"the catalog does not know {name!r}", hint=suggest(name, known))
    console.document(dataclasses.asdict(found))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _row(one: Machine) -> str:
    accelerators = f"{one.accelerators} x {one.accelerator}" if one.accelerator else ""
    price = f"{one.on_demand_usd_hour:,.2f}" if one.on_demand_usd_hour is not None else ""
    numbers = f"{one.vcpus or '':>6}{one.memory_gib or '':>7}{one.network_gbps or '':>8}{price:>10}"
    return f"{one.name:<22}{one.cloud:<7}{accelerators:<18}{numbers}  {one.fabric.name if one.fabric else ''}"
