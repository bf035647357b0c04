"""One report that has everything a report can have."""

from __future__ import annotations

from datetime import UTC, datetime

from rackwright.checks.outcome import Outcome, State
from rackwright.checks.verdict import Binding, judge
from rackwright.reports.document import Host, Phase, Report, Stack

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STACK = "quickstart.use1.train"
BENCHMARK = {
    "training": {"images_per_second": {"median": 5100.0}},
    "inference": {"images_per_second": {"median": 21000.0}},
    "accuracy_under_noise": {"0.1": 0.97, "0.3": 0.91, "0.5": 0.7},
}
OUTCOMES = (
    Outcome("benchmark.accuracy", "train-0", State.PASS, "0.981", ">= 0.95", "above the floor", source="measured"),
    Outcome("accelerator.count", "train-0", State.PASS, "1 x L4", "1 x L4", "all devices answer", simulated=True),
    Outcome(
        "benchmark.accuracy",
        "train-1",
        State.NOT_MEASURED,
        "nothing",
        ">= 0.95",
        "benchmark.json is not JSON | truncated <at> 12",
        next_step=f"rackwright validate {STACK} --limit train-1",
    ),
    Outcome("fabric.bus_bandwidth", "train-0", State.NOT_APPLICABLE, "-", "-", "no fabric", required=False),
)


def report(*outcomes: Outcome) -> Report:
    """Return the report of a rehearsal with two hosts."""
    binding = Binding(
        STACK, "f00dfeed" * 8, "rackwright rehearse quickstart", (("train-0", "a1b2c3d4e5"), ("train-1", ""))
    )
    return Report(
        datacenter="quickstart",
        kind="rehearsal",
        rackwright="0.1.0",
        started_at=AT.isoformat(),
        finished_at=AT.isoformat(),
        simulated=("accelerators",),
        phases=(Phase("check", 0.2, ok=True, detail="no findings"), Phase("validate", 40.0, ok=False, detail="1 host")),
        stacks=(Stack(STACK, "2 x g6.xlarge", (("aws:ec2/instance:Instance", 2),), 1.61, ("NAT gateway",)),),
        hosts=(
            Host("train-0", STACK, "g6.xlarge", "1 x L4 (simulated)", "10.0.0.4", "a1b2c3d4e5", BENCHMARK),
            Host("train-1", STACK, "g6.xlarge", "1 x L4 (simulated)", "10.0.0.5", "", None),
        ),
        verdicts=(judge(outcomes or OUTCOMES, binding, AT),),
        failures=(),
    )
