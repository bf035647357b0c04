"""What checking and compiling cost by the number of nodes, as ratios to ten: `python -m benchmarks.scale`.

Alike nodes are one loop of a program, one row of a plan and one range of an inventory, so hundreds of times the nodes
should cost about the same. The least processor time of several runs is shown.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.emit.inventory import inventory
from rackwright.emit.program import program_files
from rackwright.planning import plan_datacenter
from rackwright.rules import check_blueprint, check_plans
from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from collections.abc import Callable

NODES = (10, 100, 1_000, 10_000)
"""Up to the most that one cluster has."""
RUNS = 5
BLUEPRINT = """\
blueprint: 1
name: scale
owner: {{team: ml-platform, cost_center: "4711"}}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {{cidr: 10.0.0.0/16, zones: [us-east-1a]}}
    clusters:
      train: {{machine: p5.48xlarge, nodes: {nodes}, provision: instances}}
"""


def least(work: Callable[[], object]) -> float:
    """Return the least processor seconds of some work over RUNS runs, after one unmeasured run."""
    work()
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def measured(nodes: int, folder: Path) -> dict[str, float]:
    """Return the seconds of each part for a cluster of so many nodes."""
    path = folder / "blueprint.yaml"
    path.write_text(BLUEPRINT.format(nodes=nodes), encoding="utf-8")
    loaded = workflow.load(path)
    plans = plan_datacenter(loaded.blueprint)
    cluster = plans[-1]
    return {
        "rules over the blueprint": least(lambda: check_blueprint(loaded.blueprint)),
        "planning": least(lambda: plan_datacenter(loaded.blueprint)),
        "rules over plans": least(lambda: check_plans(plans)),
        "program, before its format": least(lambda: program_files(cluster, loaded.locate, str(path))),
        "inventory": least(lambda: inventory(cluster)),
    }


def main() -> None:
    """Print one line per part."""
    with tempfile.TemporaryDirectory() as folder:
        found = {nodes: measured(nodes, Path(folder)) for nodes in NODES}
    print(f"{'nodes':<30}{NODES[0]:>10,}" + "".join(f"{nodes:>10,}" for nodes in NODES[1:]))
    for part, base in found[NODES[0]].items():
        ratios = "".join(f"{found[nodes][part] / base:>9.1f}x" for nodes in NODES[1:])
        print(f"{part:<30}{base * 1000:>7.2f} ms{ratios}")


if __name__ == "__main__":
    main()
