"""How long `check`, and check + compile, take, and where the time goes: `python -m benchmarks.check [BLUEPRINT]`.

Baselines of the same run: the bare interpreter, and the interpreter with Pydantic, ruamel.yaml and Typer imported. The
least of several runs is shown, as wall seconds and as seconds of the processor, which other work disturbs less.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fleet import fleet

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user has it: bytecode is written by the first, unmeasured run."""
IMPORTS = "import pydantic, ruamel.yaml, typer"
PHASES = """
import json, sys, time
from pathlib import Path
marks = [("start", time.process_time())]
def mark(name): marks.append((name, time.process_time()))
import rackwright.cli.app
from rackwright.workflows import compile as workflow
from rackwright.planning import plan_datacenter
from rackwright.rules import check_blueprint, check_plans
from rackwright.emit import Source, emit
mark("imports")
path = Path(sys.argv[1])
loaded = workflow.load(path); mark("load")
check_blueprint(loaded.blueprint); mark("rules over the blueprint")
plans = plan_datacenter(loaded.blueprint); mark("planning")
check_plans(plans); mark("rules over plans")
emit(plans, Source(str(path), loaded.text, loaded.locate), facts="", compiler=""); mark("emission")
print(json.dumps([("interpreter", marks[0][1]), *((name, at - marks[i][1]) for i, (name, at) in enumerate(marks[1:]))]))
"""


def ran(*command: str) -> str:
    """Return what a Python command prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    return done.stdout


def seconds(*command: str) -> tuple[float, float]:
    """Return the least wall and processor seconds of a command over RUNS runs, after one unmeasured run."""
    ran(*command)
    times = []
    for _ in range(RUNS):
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        ran(*command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times.append((time.perf_counter() - begun, processor))
    return min(wall for wall, _ in times), min(processor for _, processor in times)


def phases(blueprint: str) -> dict[str, float]:
    """Return the least processor seconds of each part of check + compile over RUNS runs."""
    found = [dict(json.loads(ran("-c", PHASES, blueprint))) for _ in range(RUNS)]
    return {name: min(one[name] for one in found) for name in found[0]}


def main() -> None:
    """Print one line per measurement."""
    blueprint = sys.argv[1] if len(sys.argv) > 1 else "stacks/aurora/blueprint.yaml"
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {blueprint}")
    print(f"{'':<34}wall     processor")
    with tempfile.TemporaryDirectory() as folder:
        large = fleet(Path(folder))
        commands = {
            "bare interpreter": ["-c", "pass"],
            "bare imports": ["-c", IMPORTS],
            "check": ["-m", "rackwright", "check", blueprint],
            "check + compile": ["-m", "rackwright", "compile", "--diff", blueprint],
            "check, 20 clusters, 5,000 nodes": ["-m", "rackwright", "check", str(large)],
        }
        for name, command in commands.items():
            wall, processor = seconds(*command)
            print(f"{name:<34}{wall:.3f} s  {processor:.3f} s")
    parts = phases(blueprint)
    print("check + compile, processor seconds:")
    for name, took in parts.items():
        print(f"  {name:<32}{took:.3f} s  {took / sum(parts.values()):4.0%}")


if __name__ == "__main__":
    main()
