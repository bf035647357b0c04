"""`python -m rackwright_benchmark --output result.json ...`: runs the job and writes one JSON file, also on failure."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

FORMAT = 1


def main(arguments: list[str] | None = None) -> int:
    """Return 0 where the job ran, 1 where it failed; the result file says which and why."""
    given = _parser().parse_args(arguments)
    result: dict[str, Any] = {
        "format": FORMAT,
        "run_id": given.run_id,
        "host": platform.node(),
        "dataset": given.dataset,
        "seed": given.seed,
        "epochs": given.epochs,
        "batch_size": given.batch_size,
    }
    try:
        measured = _run(given)
    except Exception as failed:  # noqa: BLE001 - whatever went wrong belongs into the result
        _write(given.output, {**result, "status": "failed", "reason": f"{type(failed).__name__}: {failed}"})
        sys.stderr.write(f"benchmark failed: {failed}\n")
        return 1
    _write(given.output, {**result, "status": "ok", "reason": "", **measured})
    return 0


def _run(given: argparse.Namespace) -> dict[str, Any]:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from rackwright_benchmark import backend
    from rackwright_benchmark.job import Job, run
    from rackwright_benchmark.mllog import Log

    backend.choose()
    job = Job(given.dataset, given.epochs, given.batch_size, given.seed, given.source, given.sha256)
    return run(job, Log(sys.stdout))


def _write(path: Path, result: dict[str, Any]) -> None:
    """Write the result in one step: a reader sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(result, stream, indent=1)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rackwright_benchmark", description="Train, evaluate and time a small CNN.")
    parser.add_argument("--output", type=Path, required=True, help="where the result goes")
    parser.add_argument("--run-id", required=True, help="stands in the result: an old one is never taken for new")
    parser.add_argument("--dataset", default="digits", choices=["digits", "mnist", "synthetic"])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--source", default="", help="MNIST: path, https://, s3:// or gs:// of the npz file")
    parser.add_argument("--sha256", default="", help="MNIST: digest the file must have")
    return parser


if __name__ == "__main__":
    sys.exit(main())
