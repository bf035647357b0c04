"""How much disk environments take."""

from __future__ import annotations

from rackwright.catalog import all_software, environment_mib


def test_every_variant_that_is_installed_was_measured() -> None:
    """No lock is without a size, and libraries of CUDA make the difference between hosts with and without GPUs."""
    sizes = {one.variant: environment_mib(one.variant) for one in all_software() if one.variant}

    assert [variant for variant, mib in sizes.items() if not mib] == []
    assert sizes["cuda"] > 3 * sizes["cpu"]
    assert environment_mib("of-tomorrow") is None
