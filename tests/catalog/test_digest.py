"""The digest of the facts that a plan was made from."""

from __future__ import annotations

from dataclasses import replace

from rackwright.catalog import machine, slice_type
from rackwright.catalog.digest import digest


def test_order_and_repetition_do_not_matter() -> None:
    """The digest is of a set of facts."""
    p5, v5e = machine("aws", "p5.48xlarge"), slice_type("v5litepod-16")
    assert digest([p5, v5e]) == digest([v5e, p5, p5])


def test_prices_and_sources_do_not_count() -> None:
    """A new price makes no committed artifact stale."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    dearer = replace(p5, on_demand_usd_hour=99.0, price_date="2027-01-01", sources=("elsewhere",), verified=False)
    assert digest([dearer]) == digest([p5])


def test_facts_that_shape_programs_count() -> None:
    """Another fabric, another digest."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    assert digest([replace(p5, fabric=None)]) != digest([p5])
    assert digest([]) != digest([p5])


def test_digest_is_sha256_in_hex() -> None:
    """Sixty-four hexadecimal digits, for any facts."""
    assert [len(digest([])), len(digest([machine("gcp", "a4-highgpu-8g")]))] == [64, 64]
    assert set(digest([])) <= set("0123456789abcdef")
