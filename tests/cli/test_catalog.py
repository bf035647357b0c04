"""rackwright catalog, as a user types it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import moto
import pytest

from rackwright.catalog.reading import DATA
from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.cli.tables import table
from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = ("machines", "slices", "storage", "images", "software", "regions", "prices")


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `rackwright catalog ...`; return exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(app, ["catalog", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def first_words(text: str) -> list[str]:
    """Return the first word of each line up to the first empty one."""
    return [line.split()[0] for line in text.partition("\n\n")[0].splitlines()]


def test_machines_by_accelerator_cloud_price_and_order(typed: Callable[..., tuple[int, str, str]]) -> None:
    """The cheapest first; what has no price is named, not hidden."""
    code, out, _ = typed(
        "machines", "--accelerator", "H100", "--cloud", "aws,gcp", "--max-price", "60", "--sort", "price"
    )
    assert code == ExitCode.OK
    assert first_words(out) == ["machine", "p5.4xlarge", "p5.48xlarge"]
    assert "left out, price not known: a3-highgpu-1g, a3-highgpu-2g, a3-highgpu-4g" in out


def test_machines_by_region(typed: Callable[..., tuple[int, str, str]]) -> None:
    """Only what sources say is sold there."""
    _, out, _ = typed("machines", "--accelerator", "B200", "--region", "us-west2")
    assert first_words(out) == ["machine", "a4-highgpu-8g"]


def test_machines_by_name_architecture_and_fabric(typed: Callable[..., tuple[int, str, str]]) -> None:
    """Part of a name, Arm, with EFA."""
    _, out, _ = typed("machines", "m7g", "--arch", "arm64", "--fabric")
    assert first_words(out) == ["machine", "m7g.16xlarge"]


def test_attachable_accelerators_are_named(typed: Callable[..., tuple[int, str, str]]) -> None:
    """P100 is part of no machine type; the list says where it attaches."""
    code, out, _ = typed("machines", "--accelerator", "P100")
    assert code == ExitCode.OK
    assert "also: 1 x P100 attaches to n1-highmem-8 (gcp)" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("machines", "--sort", "prise"), "did you mean 'price'?"),
        (("machines", "--accelerator", "H1000"), "did you mean 'H100'?"),
        (("machines", "--cloud", "azure"), "known: aws, gcp"),
        (("machines", "--region", "us-central-1"), "did you mean 'us-central1'?"),
        (("machines", "--arch", "arm"), "arm64"),
        (("show", "p5en.48xlarg"), "did you mean 'p5en.48xlarge'?"),
        (("slices", "--generation", "v6"), "v6e"),
        (("software", "--accelerator", "H1000"), "did you mean 'H100'?"),
    ],
)
def test_slips_are_refused_with_the_nearest_name(
    typed: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], message: str
) -> None:
    """A wrong name is an error, never an empty list."""
    code, out, err = typed(*arguments)
    assert (code != ExitCode.OK, out) == (True, "")
    assert message in err


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_table_and_json(typed: Callable[..., tuple[int, str, str]], name: str) -> None:
    """Text with a header, and the same as data."""
    code, out, _ = typed(name)
    assert code == ExitCode.OK
    assert len(out.splitlines()) > 10
    assert all(line == line.rstrip() for line in out.splitlines())
    code, out, _ = typed(name, "--format", "json")
    document = json.loads(out)
    assert code == ExitCode.OK
    assert all(isinstance(rows, list) and len(rows) > 5 for rows in document.values())


def test_show_prints_labeled_sections(typed: Callable[..., tuple[int, str, str]]) -> None:
    """Titles at the margin, facts indented, price with its date."""
    code, out, _ = typed("show", "p5en.48xlarge")
    assert code == ExitCode.OK
    titles = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "p5en.48xlarge", "Compute", "Accelerators", "Memory", "Network", "Storage", "Quota", "Offered", "Software",
        "Accepted when", "Price", "Proved", "Sources",
    ]  # fmt: skip
    assert "63.2960 USD an hour (us-east-1, 2026-07-20)" in out


def test_show_gives_data(typed: Callable[..., tuple[int, str, str]]) -> None:
    """The whole record."""
    _, out, _ = typed("show", "v5litepod-16", "--format", "json")
    document = json.loads(out)
    assert (document["slice"]["chips"], document["quotas"][0]["amount"]) == (16, 16)
    assert document["proof"]["level"] == "simulated"


def test_columns_are_as_wide_as_their_cells() -> None:
    """Text to the left, numbers to the right, no trailing blanks."""
    assert table(("name", "USD>"), [("a", "1"), ("longer", "23.50")]) == [
        "name      USD",
        "a           1",
        "longer  23.50",
    ]


@pytest.fixture
def types(tmp_path: Path) -> Path:
    """EC2's description of m7i.large with another amount of memory, gzipped."""
    path = Path(moto.__file__).parent / "ec2/resources/instance_types.json.gz"
    described: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))["m7i.large"]
    described["MemoryInfo"]["SizeInMiB"] = 9216
    given = tmp_path / "types.json.gz"
    given.write_bytes(gzip.compress(json.dumps({"InstanceTypes": [described]}).encode()))
    return given


def test_refresh_prints_a_diff_and_writes_nothing(typed: Callable[..., tuple[int, str, str]], types: Path) -> None:
    """Without --write the catalog stays as it is."""
    before = (DATA / "aws-machines.csv").read_text(encoding="utf-8")
    code, out, _ = typed("refresh", "--from", str(types))
    assert code == ExitCode.OK
    assert [line.split(",")[0] for line in out.splitlines() if line[:2] in {"-m", "+m"}] == ["-m7i.large", "+m7i.large"]
    assert "next: review, then again with --write" in out
    assert (DATA / "aws-machines.csv").read_text(encoding="utf-8") == before


def test_refresh_writes_when_told(
    typed: Callable[..., tuple[int, str, str]], types: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The written table holds the new fact, and nothing is left to change."""
    for path in DATA.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("rackwright.catalog.reading.DATA", tmp_path)
    assert "1 tables written" in typed("refresh", "--from", str(types), "--write")[1]
    assert "m7i.large,m7i,,0,,,2,9,amd64" in (tmp_path / "aws-machines.csv").read_text(encoding="utf-8")
    document = json.loads(typed("refresh", "--from", str(types), "--format", "json")[1])
    assert (document["diffs"], document["written"]) == ({}, False)


def test_refresh_refuses_what_aws_does_not_publish(typed: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """A missing file, no JSON, a list, and a document of another kind."""
    wrong = tmp_path / "wrong.json"
    for content in (None, "not json", "[]", '{"Reservations": []}', '{"InstanceTypes": [{"InstanceType": "x"}]}'):
        if content is not None:
            wrong.write_text(content, encoding="utf-8")
        code, out, err = typed("refresh", "--from", str(wrong), "--add", "x")
        assert (code != ExitCode.OK, out) == (True, "")
        assert "rackwright catalog refresh --help" in err
