"""What a rehearsal owes is written down, and only the very process that owes it keeps it from being cleared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rackwright.system import ledger as debts
from rackwright.system.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = "10.0.0.0/24"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of rehearsals of a cache of this test's own."""
    monkeypatch.setenv("RACKWRIGHT_CACHE", str(tmp_path))
    return debts.rehearsals()


def test_a_ledger_is_read_as_it_was_written(folder: Path) -> None:
    """Owner, mounts and processes survive the file."""
    opened = debts.open_ledger(folder / "rw1", NETWORK)
    opened.mounts.append("/mnt/somewhere")
    opened.processes.append((1, "77"))
    opened.save()

    assert debts.ledgers(folder) == (opened,)
    assert opened.owner == (os.getpid(), debts.started(os.getpid()))


def test_the_ledger_of_a_living_rehearsal_is_left_alone(folder: Path) -> None:
    """As long as its process runs, nothing of it is cleared."""
    opened = debts.open_ledger(folder / "rw1", NETWORK)

    assert debts.clear_interrupted() == 0
    assert debts.ledgers(folder) == (opened,)


def test_a_reused_process_id_is_seen(folder: Path) -> None:
    """A process with the same id that began at another time is another one: the rehearsal is gone, and is cleared."""
    opened = debts.open_ledger(folder / "rw1", NETWORK)
    opened.owner = (os.getpid(), "1")
    opened.save()

    assert not debts.is_alive(opened.owner)
    assert debts.clear_interrupted() == 1
    assert not (folder / "rw1").exists()


def test_a_reused_process_id_of_a_machine_is_not_killed(tmp_path: Path) -> None:
    """Clearing kills the processes of the ledger, never others that got their ids."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        since = debts.started(process.pid)
        debts.clear(Ledger(str(tmp_path / "a"), (0, ""), NETWORK, processes=[(process.pid, f"{since}0")]))
        spared = process.poll()
        debts.clear(Ledger(str(tmp_path / "a"), (0, ""), NETWORK, processes=[(process.pid, since)]))

    assert spared is None
    assert process.returncode == -9


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('{"folder": "/x", "own', id="cut-off"),
        pytest.param("[]", id="list"),
        pytest.param('{"folder": "/x"}', id="without-owner"),
        pytest.param(json.dumps({"folder": "/x", "owner": [1, "2"], "processes": [], "tomorrow": 1}), id="newer"),
        pytest.param(json.dumps({"folder": "/x", "owner": 7, "processes": []}), id="owner-no-pair"),
    ],
)
def test_a_ledger_that_cannot_be_read_is_left_alone(text: str, folder: Path) -> None:
    """It stops no other rehearsal, and nothing is cleared on a guess."""
    path = folder / "rw1" / "ledger.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")

    assert debts.ledgers(folder) == ()
    assert debts.clear_interrupted() == 0
    assert path.read_text(encoding="utf-8") == text
