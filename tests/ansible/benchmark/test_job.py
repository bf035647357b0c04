"""What the job leaves behind: log lines that tools read, and one result file whatever happens."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from rackwright_benchmark import __main__ as program
from rackwright_benchmark.mllog import END, START, Log

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def arguments(output: Path, *more: str) -> list[str]:
    """Return the command line of a run with id r1."""
    return [f"--output={output}", "--run-id=r1", *more]


def result(path: Path) -> dict[str, Any]:
    """Return what stands in a result file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_log_lines_parse() -> None:
    """Each line is a mark and JSON with time, kind, key, value and metadata."""
    stream = io.StringIO()
    log = Log(stream)
    log.event("run_start", kind=START)
    log.event("eval_accuracy", 0.97, epoch_num=10)
    log.event("run_stop", kind=END, status="success")
    lines = stream.getvalue().splitlines()
    events = [json.loads(line.removeprefix(":::MLLOG ")) for line in lines]

    assert all(line.startswith(":::MLLOG {") for line in lines)
    assert [(one["key"], one["event_type"]) for one in events] == [
        ("run_start", "INTERVAL_START"),
        ("eval_accuracy", "POINT_IN_TIME"),
        ("run_stop", "INTERVAL_END"),
    ]
    assert (events[1]["value"], events[1]["metadata"]) == (0.97, {"epoch_num": 10})
    assert all(isinstance(one["time_ms"], int) and one["namespace"] == "rackwright" for one in events)


def test_a_failed_job_writes_why_and_exits_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host without Keras leaves a result of this run that says so, and no half-written file."""
    monkeypatch.setitem(sys.modules, "keras", None)
    output = tmp_path / "new" / "result.json"

    assert program.main(arguments(output, "--dataset=digits")) == 1
    found = result(output)
    assert (found["format"], found["run_id"], found["status"]) == (1, "r1", "failed")
    assert found["reason"].startswith("ModuleNotFoundError: import of keras halted")
    assert [path.name for path in output.parent.iterdir()] == ["result.json"]


def test_what_was_measured_stands_beside_what_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that ran exits with 0; its result replaces an older one."""
    output = tmp_path / "result.json"
    output.write_text("of an earlier run", encoding="utf-8")
    monkeypatch.setattr(program, "_run", lambda given: {"accuracy": 0.97, "asked": given.source})
    code = program.main(arguments(output, "--dataset=mnist", "--source=/data/mnist.npz", "--epochs=3", "--seed=4"))
    found = result(output)

    assert code == 0
    assert (found["status"], found["reason"], found["accuracy"]) == ("ok", "", 0.97)
    assert (found["dataset"], found["epochs"], found["seed"], found["asked"]) == ("mnist", 3, 4, "/data/mnist.npz")
