"""rackwright catalog slices, storage, images, software, regions, prices: the tables as they are."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import typer

from rackwright.cli import console, tables
from rackwright.diagnostics import StepError, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.catalog import SizeRange

CLOUD = typer.Option("", "--cloud", help="aws, gcp, or both separated by a comma.")
FORMAT = typer.Option(console.Format.TEXT, "--format", help="text or json.")


def register(group: typer.Typer) -> None:
    """Add the verbs."""
    group.command("slices", help="List TPU slice types.")(slices)
    group.command("storage", help="List sizes and throughputs that storage is sold with.")(storage)
    group.command("images", help="List image aliases and how each cloud finds them.")(images)
    group.command("software", help="List what runs on which accelerator, and why not.")(software)
    group.command("regions", help="List regions, zones and the carbon of their grid.")(regions)
    group.command("prices", help="List prices of what is not a machine.")(prices)


def clouds(text: str) -> tuple[str, ...]:
    """Return the clouds of an option, none where none is asked for; raise StepError for one that is not known."""
    from rackwright.catalog import CLOUDS

    asked = words(text)
    for name in asked:
        if name not in CLOUDS:
            raise StepError(f"there is no cloud {name!r}", hint=suggest(name, CLOUDS))
    return asked


def words(text: str) -> tuple[str, ...]:
    """Return the words of an option, separated by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def slices(
    generation: str = typer.Option("", "--generation", help="v5e, v6e, ...; several separated by commas."),
    output: console.Format = FORMAT,
) -> None:
    """List TPU slice types."""
    from rackwright.catalog import slice_types

    asked = words(generation)
    found = [one for one in slice_types() if not asked or one.generation in asked]
    if not found:
        raise StepError(
            f"there is no TPU generation {generation!r}",
            hint=suggest(generation, {s.generation for s in slice_types()}),
        )
    columns = ("slice", "chips>", "topology", "hosts>", "chips a host>", "host", "USD/h>", "spot USD/h>", "runtime")
    rows = [
        (
            one.name, str(one.chips), one.topology, str(one.hosts), str(one.chips_per_host), one.host_machine or "",
            _usd(one.on_demand_usd_hour), _usd(one.spot_usd_hour), one.runtime_version or "",
        )
        for one in found
    ]  # fmt: skip
    _print("slices", found, columns, rows, output)


def storage(cloud: str = CLOUD, output: console.Format = FORMAT) -> None:
    """List what storage is sold as."""
    from rackwright.catalog import size_ranges, size_services, size_tiers, throughputs, volume_types

    asked = clouds(cloud)
    sizes = [
        one
        for service in size_services()
        if not asked or _cloud_of(service) in asked
        for tier in size_tiers(service)
        for one in size_ranges(service, tier)
    ]
    speeds = [one for one in throughputs() if not asked or _cloud_of(one.service) in asked]
    volumes = [one for one in volume_types() if not asked or one.cloud in asked]
    if output is console.Format.JSON:
        console.document({"sizes": _data(sizes), "throughputs": _data(speeds), "volumes": _data(volumes)})
        return
    tables.show(("service", "tier", "from GiB>", "to GiB>", "step GiB>"), [_size(one) for one in sizes])
    console.line()
    tables.show(
        ("service", "deployment", "unit", "throughput"),
        [(one.service, one.tier, one.unit, _values(one.values, one.steps)) for one in speeds],
    )
    console.line()
    tables.show(
        ("volume type", "cloud", "GiB>", "IOPS>", "IOPS per GiB>", "MiB/s>"),
        [
            (
                one.name, one.cloud, _range(one.min_gib, one.max_gib), _range(one.min_iops, one.max_iops),
                _text(one.iops_per_gib), _range(one.min_throughput, one.max_throughput),
            )
            for one in volumes
        ],
    )  # fmt: skip


def images(cloud: str = CLOUD, output: console.Format = FORMAT) -> None:
    """List image aliases."""
    from rackwright.catalog import images as everything

    asked = clouds(cloud)
    found = [one for one in everything() if not asked or one.cloud in asked]
    columns = ("alias", "cloud", "arch", "login", "Python", "driver", "includes", "disk GiB>", "until", "found by")
    rows = [
        (
            one.alias, one.cloud, one.arch, one.user or "", one.python or "",
            " ".join(str(word) for word in (one.driver, one.driver_modules) if word), " ".join(one.includes),
            _text(one.disk_gib), one.eol or "", one.parameter or one.name_filter or f"{one.project}/{one.family}",
        )
        for one in found
    ]  # fmt: skip
    _print("images", found, columns, rows, output)


def software(
    accelerator: str = typer.Option("", "--accelerator", help="Names, separated by commas; none: CPU only."),
    output: console.Format = FORMAT,
) -> None:
    """List the matrix."""
    from rackwright.catalog import all_software, tensorflow_releases

    asked = {name.lower() for name in words(accelerator)}
    found = [one for one in all_software() if not asked or (one.accelerator or "none").lower() in asked]
    if not found:
        known = [one.accelerator or "none" for one in all_software()]
        raise StepError(f"the matrix has no {accelerator!r}", hint=suggest(accelerator, known))
    if output is console.Format.JSON:
        console.document({"software": _data(found), "tensorflow": _data(tensorflow_releases())})
        return
    columns = ("accelerator", "arch", "backend", "TensorFlow", "CUDA", "cuDNN", "driver", "Python", "instead, refused")
    rows = [
        (
            one.accelerator or "none", one.arch, one.backend or "refused", one.tensorflow or "", one.cuda or "",
            one.cudnn or "", f"{one.driver_branch} {one.kernel_modules}" if one.driver_branch else "",
            f"{one.python_min}-{one.python_max}" if one.python_min else "", one.refused or one.instead_because or "",
        )
        for one in found
    ]  # fmt: skip
    tables.show(columns, rows)
    console.line()
    releases = [
        (
            one.version, "yes" if one.locked else "no", f"{one.python_min}-{one.python_max}", one.cuda, one.cudnn,
            one.nccl, one.notes,
        )
        for one in tensorflow_releases()
    ]  # fmt: skip
    tables.show(("TensorFlow", "locked", "Python", "CUDA", "cuDNN", "NCCL", "notes"), releases)


def regions(cloud: str = CLOUD, output: console.Format = FORMAT) -> None:
    """List regions."""
    from rackwright.catalog import regions as everything

    asked = clouds(cloud)
    found = [one for one in everything() if not asked or one.cloud in asked]
    columns = ("region", "cloud", "gCO2e/kWh>", "zones")
    rows = [
        (
            one.name, one.cloud, _text(one.grid_gco2e_kwh),
            " ".join(zone.removeprefix(one.name).removeprefix("-") for zone in one.zones),
        )
        for one in found
    ]  # fmt: skip
    _print("regions", found, columns, rows, output)


def prices(cloud: str = CLOUD, output: console.Format = FORMAT) -> None:
    """List prices."""
    from rackwright.catalog.prices import prices as everything

    asked = clouds(cloud)
    found = [one for one in everything() if not asked or one.cloud in asked]
    columns = ("item", "cloud", "USD>", "per", "region", "date", "verified", "notes")
    rows = [
        (
            one.item, one.cloud, f"{one.usd:g}", one.unit, one.region, one.date, "yes" if one.verified else "no",
            one.notes,
        )
        for one in found
    ]  # fmt: skip
    _print("prices", found, columns, rows, output)


def _print(
    name: str, found: Sequence[Any], columns: Sequence[str], rows: Sequence[Sequence[str]], output: console.Format
) -> None:
    if output is console.Format.JSON:
        console.document({name: _data(found)})
    else:
        tables.show(columns, rows)


def _data(found: Sequence[Any]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(one) for one in found]


def _cloud_of(service: str) -> str:
    return "aws" if service.startswith(("fsx-", "efs")) else "gcp"


def _size(one: SizeRange) -> tuple[str, ...]:
    return (one.service, one.tier, f"{one.min_gib:,}", _text(one.max_gib), _text(one.step_gib))


def _values(values: tuple[int, ...], steps: tuple[tuple[int, int, int], ...]) -> str:
    ranges = [f"{first:,} to {last:,} in steps of {step:,}" for first, step, last in steps]
    return ", ".join([*(f"{value:,}" for value in values), *ranges])


def _range(low: int | None, high: int | None) -> str:
    return "" if high is None else f"{low:,}-{high:,}" if low is not None else f"-{high:,}"


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:,.9g}"


def _usd(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}"
