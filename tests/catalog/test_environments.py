"""How much disk environments take."""

from __future__ import annotations

from rackwright.catalog import environment_mib
from rackwright.catalog.pins import variants


def test_every_variant_that_is_installed_was_measured() -> None:
    """No lock is without a size, and libraries of CUDA make the difference between hosts with and without GPUs."""
    sizes = {variant: environment_mib(variant) for variant in variants()}

    assert [variant for variant, mib in sizes.items() if not mib] == []
    assert sizes["cuda"] > 3 * sizes["cpu"]
    assert environment_mib("of-tomorrow") is None
