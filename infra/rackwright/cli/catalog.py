"""rackwright catalog: what the catalog knows of machines, storage, images, software and regions."""

from __future__ import annotations

import dataclasses
import textwrap
from typing import TYPE_CHECKING

import typer

from rackwright.cli import catalog_lists, catalog_refresh, console, tables, targets
from rackwright.diagnostics import StepError, suggest

if TYPE_CHECKING:
    from rackwright.catalog import Machine, SliceType
    from rackwright.catalog.query import Query

MACHINES = """List machine types; unknown prices are blank, never zero.

Examples:

\b
  rackwright catalog machines --accelerator H100 --cloud aws,gcp --max-price 60 --sort price
  rackwright catalog machines --accelerator none --arch arm64 --region us-east-1
  rackwright catalog machines m7i --format json
"""
SHOW = """Show all that is known of one machine or TPU slice type.

Every section's facts come from the sources named last.

Examples:

\b
  rackwright catalog show p5en.48xlarge
  rackwright catalog show v5litepod-16 --format json
"""
WIDTH = 96
"""Where the values of `show` are wrapped, in characters."""
ARCHITECTURES = ("amd64", "arm64")
COLUMNS = (
    "machine", "cloud", "accelerators", "GiB each>", "vCPUs>", "GiB>", "Gbit/s>", "USD/h>", "USD/h each>",
    "spot USD/h>", "fabric",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(help="What the catalog knows, with sources.", no_args_is_help=True, rich_markup_mode=None)
    group.command("machines", help=MACHINES)(machines)
    group.command("show", help=SHOW)(show)
    catalog_lists.register(group)
    catalog_refresh.register(group)
    app.add_typer(group, name="catalog")


def machines(
    text: str = typer.Argument("", help="Part of the machine's name."),
    *,
    accelerator: str = typer.Option(
        "", "--accelerator", help="Names or families, separated by commas; none: CPU only."
    ),
    cloud: str = typer.Option("", "--cloud", help="aws, gcp, or both separated by a comma."),
    region: str = typer.Option("", "--region", help="Only what sources say is sold there."),
    arch: str = typer.Option("", "--arch", help="amd64 or arm64."),
    fabric: bool = typer.Option(None, "--fabric/--no-fabric", help="With or without a fabric between hosts."),
    min_accelerators: int = typer.Option(None, "--min-accelerators", help="At least that many per host."),
    max_price: float = typer.Option(None, "--max-price", help="USD an hour, on demand."),
    max_spot: float = typer.Option(None, "--max-spot", help="USD an hour, spot."),
    sort: str = typer.Option("name", "--sort", help="name, price, price-per-accelerator, spot, accelerators, memory."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """List machine types."""
    from rackwright.catalog import machines as everything
    from rackwright.catalog import offered_in
    from rackwright.catalog.query import ORDERS, Query, select

    order = next((one for one in ORDERS if one == sort), None)
    if order is None:
        raise StepError(f"machines cannot be sorted by {sort!r}", hint=suggest(sort, ORDERS))
    _known(region, arch)
    query = Query(
        clouds=catalog_lists.clouds(cloud), accelerators=_accelerators(accelerator), min_accelerators=min_accelerators,
        arch=arch or None, fabric=fabric, max_price=max_price, max_spot=max_spot, text=text,
    )  # fmt: skip
    found = [one for one in select(everything(), query, order) if not region or offered_in(one.cloud, one.name, region)]
    if output is console.Format.JSON:
        console.document({"machines": [dataclasses.asdict(one) for one in found]})
        return
    if found:
        tables.show(COLUMNS, [_row(one) for one in found])
    _summary(query, found)


def show(
    name: str = typer.Argument(help="Machine or slice type.", autocompletion=targets.complete_machine),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Show one type."""
    from rackwright.catalog import machine, machine_names, slice_type, slice_types
    from rackwright.catalog.sheets import record, sections

    found: Machine | SliceType | None = machine("aws", name) or machine("gcp", name) or slice_type(name)
    if found is None:
        known = [*machine_names("aws"), *machine_names("gcp"), *(one.name for one in slice_types())]
        raise StepError(f"the catalog does not know {name!r}", hint=suggest(name, known))
    if output is console.Format.JSON:
        console.document(record(found))
        return
    console.line(name)
    for section in sections(found):
        console.line()
        console.line(section.title)
        width = max(len(label) for label, _ in section.facts)
        for label, value in section.facts:
            lines = textwrap.wrap(value, WIDTH, break_long_words=False, break_on_hyphens=False)
            console.line(f"  {label:<{width}}  {lines[0]}")
            for more in lines[1:]:
                console.line(f"  {'':<{width}}  {more}")


def _known(region: str, arch: str) -> None:
    """Refuse a region or an architecture that the catalog does not know."""
    from rackwright.catalog import regions

    names = {one.name for one in regions()}
    if region and region not in names:
        raise StepError(f"there is no region {region!r}", hint=suggest(region, names))
    if arch and arch not in ARCHITECTURES:
        raise StepError(f"there is no architecture {arch!r}", hint=suggest(arch, ARCHITECTURES))


def _accelerators(text: str) -> tuple[str, ...]:
    """Return the names of an option; each must match something, so that a slip of the pen is not an empty list."""
    from rackwright.catalog import accelerators, attachments
    from rackwright.catalog import machines as everything
    from rackwright.catalog.query import Query

    asked = catalog_lists.words(text)
    attached = {one.accelerator.lower() for one in attachments()}
    for name in asked:
        if name.lower() not in attached and not any(Query(accelerators=(name,)).accepts(one) for one in everything()):
            raise StepError(
                f"no machine of the catalog has {name!r}", hint=suggest(name, [one.name for one in accelerators()])
            )
    return asked


def _summary(query: Query, found: list[Machine]) -> None:
    """Print how many were found, where prices are from, and what a price limit left out for want of a price."""
    from rackwright.catalog import attachments
    from rackwright.catalog import machines as everything

    line = f"{len(found)} of {len(everything())} machine types"
    dates = sorted({f"{one.price_region} {one.price_date}" for one in found if one.price_region})
    console.line()
    console.line(f"{line}; list prices of {', '.join(dates)}" if dates else line)
    asked = {name.lower() for name in query.accelerators}
    for each in attachments():
        if each.accelerator.lower() in asked and each.cloud in (query.clouds or (each.cloud,)):
            console.line(f"also: {each.count} x {each.accelerator} attaches to {each.machine} ({each.cloud})")
    if query.max_price is not None or query.max_spot is not None:
        free = dataclasses.replace(query, max_price=None, max_spot=None)
        unpriced = [one.name for one in everything() if free.accepts(one) and not _priced(query, one)]
        if unpriced:
            console.line(f"left out, price not known: {', '.join(unpriced)}")


def _priced(query: Query, one: Machine) -> bool:
    return (query.max_price is None or one.on_demand_usd_hour is not None) and (
        query.max_spot is None or one.spot_usd_hour is not None
    )


def _row(one: Machine) -> tuple[str, ...]:
    from rackwright.catalog.query import price_per_accelerator

    return (
        one.name,
        one.cloud,
        f"{one.accelerators} x {one.accelerator}" if one.accelerator else "",
        _number(one.accelerator_memory_gib),
        _number(one.vcpus),
        _number(one.memory_gib),
        _number(one.network_gbps),
        _usd(one.on_demand_usd_hour),
        _usd(price_per_accelerator(one)),
        _usd(one.spot_usd_hour),
        one.fabric.name if one.fabric else "",
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.9g}"


def _usd(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}" if value >= 1 else f"{value:.4f}"
