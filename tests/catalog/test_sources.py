"""Every fact names where it comes from."""

from __future__ import annotations

import pytest

from rackwright.catalog import source, sources
from rackwright.catalog.reading import DATA, rows

FILES = sorted(path.stem for path in DATA.glob("*.csv") if path.stem not in {"sources", "billing"})


def test_data_files_are_all_here() -> None:
    """The files that rows are checked in."""
    assert FILES == [
        "accelerators", "allowances", "attachable", "attachments", "aws-kept", "aws-limits", "aws-machines",
        "aws-offers", "clients", "constraints", "drivers", "environments", "fabrics", "gcp-limits", "gcp-machines",
        "gcp-offers", "gcp-series", "images", "permissions", "power", "prices", "proofs", "quotas", "regions",
        "replaces", "runtimes", "slices", "software", "storage-sizes", "tensorflow", "thresholds", "throughputs",
        "volumes",
    ]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_row_names_known_sources(name: str) -> None:
    """Each row has at least one source, and each is described."""
    for row in rows(name):
        keys = row["sources"].split()
        assert keys, row
        assert [key for key in keys if source(key) is None] == []


@pytest.mark.parametrize("name", FILES)
def test_general_knowledge_is_never_called_verified(name: str) -> None:
    """A row that rests on memory says so."""
    for row in rows(name):
        if "general-knowledge" in row["sources"].split() and "verified" in row:
            assert row["verified"] == "no", row


@pytest.mark.parametrize("name", FILES)
def test_cells_have_no_stray_space(name: str) -> None:
    """Cells are trimmed and every row has every column."""
    for row in rows(name):
        assert None not in row
        assert all(cell is not None and cell == cell.strip() for cell in row.values()), row


def test_every_source_has_title_and_date_and_is_used() -> None:
    """No source is empty, and none is left over."""
    used = {key for name in FILES for row in rows(name) for key in row["sources"].split()}
    assert [each.key for each in sources() if not (each.title and each.date)] == []
    assert {each.key for each in sources()} - used == set()
