"""A simulated driver answers as the roles and checks ask, and its devices say that they are simulated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rackwright.checks.evidence import SIMULATED
from rackwright.fleet.simulated import UUID_PREFIX, accelerator_files
from rackwright.plan import Expectation

H100 = Expectation("p5.48xlarge", "H100", 8, 80.0, 192, 2048.0)
ROOT = Path(__file__).resolve().parents[2]
NODE_FACTS = ROOT / "ansible" / "roles" / "node_facts" / "files" / "node_facts.py"
QUERY = "--query-gpu=name,uuid,memory.total,driver_version"


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    """Return the simulated nvidia-smi of a host with eight H100s."""
    ((path, text),) = accelerator_files(H100).items()
    program = tmp_path / Path(path).name
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program


def ask(driver: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return how the driver answers."""
    return subprocess.run([str(driver), *words], capture_output=True, text=True, check=False)


def test_every_device_is_listed_with_name_memory_and_a_simulated_uuid(driver: Path) -> None:
    """Eight rows as the catalog has them; whoever reads a UUID can tell."""
    rows = [line.split(", ") for line in ask(driver, QUERY, "--format=csv,noheader,nounits").stdout.splitlines()]

    assert [row[0] for row in rows] == ["NVIDIA H100"] * 8
    assert len({row[1] for row in rows}) == 8
    assert all(row[1].startswith(SIMULATED) for row in rows)
    assert {row[2] for row in rows} == {"81920"}
    assert SIMULATED == UUID_PREFIX


def test_a_question_it_does_not_know_is_refused(driver: Path) -> None:
    """An answer made up for an unknown question would be a measurement of nothing."""
    asked = ask(driver, "--query-gpu=temperature.gpu")

    assert asked.returncode == 2
    assert "this simulated one does not answer: --query-gpu=temperature.gpu" in asked.stderr
    assert len(ask(driver, "-L").stdout.splitlines()) == 8


def test_a_host_reports_the_devices_of_its_driver(driver: Path, tmp_path: Path) -> None:
    """What runs on hosts to say what they are understands the driver's answer."""
    import json

    environment = {"PATH": f"{driver.parent}:/usr/bin:/bin"}
    command = [sys.executable, str(NODE_FACTS), "r1", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    facts = json.loads(done.stdout)

    assert (facts["run_id"], facts["tensorflow"], len(facts["accelerators"])) == ("r1", None, 8)
    assert facts["accelerators"][7]["uuid"] == f"{SIMULATED}-7"


@pytest.mark.parametrize(
    "expect",
    [Expectation("c7i.large", "", 0, None, 2, 4.0), Expectation("v5litepod-16", "TPU-v5e", 4, 16.0, 112, 192.0)],
)
def test_hosts_without_such_devices_get_no_driver(expect: Expectation) -> None:
    """CPU machines and TPU hosts have no nvidia-smi."""
    assert accelerator_files(expect) == {}
