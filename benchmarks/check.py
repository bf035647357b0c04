"""How long `check`, and check + compile, take, and where the time goes: `python -m benchmarks.check [BLUEPRINT]`.

Baselines of the same run: the bare interpreter, and the interpreter with Pydantic, ruamel.yaml and Typer imported.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user has it: bytecode is written by the first, unmeasured run."""
IMPORTS = "import pydantic, ruamel.yaml, typer"
PHASES = """
import json, sys, time
from pathlib import Path
marks = [("start", time.perf_counter())]
def mark(name): marks.append((name, time.perf_counter()))
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
print(json.dumps([(name, at - marks[i][1]) for i, (name, at) in enumerate(marks[1:])]))
"""


def seconds(*command: str) -> float:
    """Return the median wall seconds of a command over RUNS runs, after one unmeasured run."""
    times = []
    for run in range(RUNS + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, env=ENVIRONMENT)
        if run:
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Print one line per measurement."""
    blueprint = sys.argv[1] if len(sys.argv) > 1 else "stacks/aurora/blueprint.yaml"
    bare = seconds("-c", "pass")
    imports = seconds("-c", IMPORTS)
    print(f"bare interpreter             {bare:6.3f} s")
    print(f"bare imports                 {imports:6.3f} s   ({IMPORTS})")
    for name, verb in (("check", ["check"]), ("check + compile", ["compile", "--diff"])):
        took = seconds("-m", "rackwright", *verb, blueprint)
        print(f"{name:<29}{took:6.3f} s   {took / imports:4.1f} x bare imports")
    phases = subprocess.run(
        [sys.executable, "-c", PHASES, blueprint],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    ).stdout
    import json

    for name, took in json.loads(phases):
        print(f"  {name:<27}{took:6.3f} s")


if __name__ == "__main__":
    main()
