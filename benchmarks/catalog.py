"""How long the catalog takes: its import, and each table beside reading the same bytes: `python -m benchmarks.catalog`.

Baselines of the same run: the standard library's modules that it needs, and reading a table's bytes.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user has it: bytecode is written by the first, unmeasured run."""
TABLES = {
    "accelerators": "accelerators()", "attachments": "attachments()", "aws-limits": "limits('aws', 'p5.48xlarge')",
    "aws-machines": "machines('aws')", "aws-offers": "offerings('aws', 'p5.48xlarge')", "drivers": "driver_for('H100')",
    "environments": "environment_mib('cuda')",
    "gcp-limits": "limits('gcp', 'a3-megagpu-8g')", "gcp-machines": "machines('gcp')",
    "gcp-offers": "offerings('gcp', 'a3-megagpu-8g')", "images": "images()", "power": "power_factors('aws')",
    "prices": "prices()", "quotas": "quotas()", "regions": "regions()", "slices": "slice_types()",
    "software": "all_software()", "sources": "sources()", "storage-sizes": "size_services()",
    "tensorflow": "tensorflow_releases()", "thresholds": "thresholds()", "throughputs": "throughputs()",
    "volumes": "volume_types()",
}  # fmt: skip
"""Table -> the call that loads it; a fresh interpreter each, so that no cache helps."""
LOAD = """
import sys, time
from rackwright import catalog
from rackwright.catalog.reading import DATA
path = DATA / f"{sys.argv[1]}.csv"
path.read_bytes()
begun = time.perf_counter(); path.read_bytes(); read = time.perf_counter() - begun
begun = time.perf_counter(); eval(f"catalog.{sys.argv[2]}"); loaded = time.perf_counter() - begun
import json
print(json.dumps([read, loaded, path.stat().st_size]))
"""
IMPORT = "import time; begun = time.perf_counter(); import {}; print(time.perf_counter() - begun)"
NEEDED = "csv, dataclasses, hashlib, json, pathlib, typing"


def output(*command: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    return done.stdout + done.stderr


def imports(names: str) -> float:
    """Return the median seconds of importing modules over RUNS runs, after one unmeasured run."""
    return statistics.median([float(output("-c", IMPORT.format(names))) for _ in range(RUNS + 1)][1:])


def load(table: str, call: str) -> tuple[float, float, int]:
    """Return the median seconds of reading a table's bytes and of loading it, and its size in bytes."""
    runs = [json.loads(output("-c", LOAD, table, call)) for _ in range(RUNS)]
    return (*(statistics.median(run[at] for run in runs) for at in (0, 1)), runs[0][2])


def main() -> None:
    """Print one line per measurement."""
    needed, took = imports(NEEDED), imports("rackwright.catalog")
    print(f"import {NEEDED:<50}{needed * 1000:7.2f} ms")
    print(f"import {'rackwright.catalog':<50}{took * 1000:7.2f} ms {took / needed:5.1f} x")
    dearest = [
        line for line in output("-X", "importtime", "-c", "import rackwright.catalog").splitlines() if "|" in line
    ]
    for line in sorted(dearest[1:], key=lambda each: -int(each.split("|")[0].split(":")[1]))[:5]:
        own, _, name = (part.strip() for part in line.removeprefix("import time:").split("|"))
        print(f"  {name:<55}{int(own) / 1000:7.2f} ms of its own")
    print(f"{'table':<16}{'KiB':>8}{'read ms':>9}{'load ms':>9}{'load / read':>13}")
    total = [0.0, 0.0, 0.0]
    for table, call in TABLES.items():
        read, loaded, size = load(table, call)
        total = [total[0] + size / 1024, total[1] + read * 1000, total[2] + loaded * 1000]
        print(f"{table:<16}{size / 1024:8.1f}{read * 1000:9.3f}{loaded * 1000:9.3f}{loaded / read:13.0f}")
    print(f"{'all':<16}{total[0]:8.1f}{total[1]:9.3f}{total[2]:9.3f}{total[2] / total[1]:13.0f}")


if __name__ == "__main__":
    main()
