"""validate: the hosts of a deployed stack, from what it exported to a verdict."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError
from rackwright.engine import pulumi_cli
from rackwright.fleet import gcp
from rackwright.fleet.account import Keys, account
from rackwright.fleet.hosts import AccountMachine
from rackwright.plan import (
    GroupMembers,
    Instances,
    Resource,
    SliceWorkers,
    by_name,
    expand,
    host_names,
    output_of,
    site_outputs,
)
from rackwright.rules.inputs import known
from rackwright.system import clock
from rackwright.workflows import compile as compiling
from rackwright.workflows import conclude, doctor, measure
from rackwright.workflows.members import with_members
from rackwright.workflows.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.plan import HostSet, Plan
    from rackwright.reports.document import Report
    from rackwright.workflows.steps import Watcher

TOOLS = {"ssm": ("ssh", "aws", "session-manager-plugin"), "iap": ("ssh", "gcloud")}
DIRECT = {"aws": ("ssh", "aws"), "gcp": ("ssh", "gcloud")}


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate: the folder of runs, the user's own keys, the benchmark's time limit (seconds)."""

    runs: Path
    keys: Keys = field(default_factory=Keys)
    benchmark_timeout: int = 900


def validate(root: Path, folder: Path, options: Options, watcher: Watcher) -> tuple[Report, Path]:
    """Return the report on the hosts of the stack in `folder`; raises StepError or FindingsError without a verdict."""
    started, steps = clock.now(), Steps(watcher)
    with steps.step("check and compile") as step:
        compiled = compiling.compile_blueprint(folder.parent / "blueprint.yaml")
        compiling.refuse_stale(compiled)
        plan = _plan(compiled, folder.name)
        doctor.require("pulumi", *TOOLS.get(plan.host_sets[0].access, DIRECT[plan.cloud]))
        step.detail = "committed programs are what the blueprint compiles to"
    with steps.step(f"compare {plan.stack} with what is deployed") as step:
        _refuse_undeployed(pulumi_cli.preview(root, plan.stack, step.progress))
        outputs = with_members(plan, pulumi_cli.outputs(root, plan.stack), partial(gcp.members, plan.identity))
        found = machines(plan, outputs)
        exported = {plan.stack: outputs, **_of_site(root, plan)}
        step.detail = f"nothing to change; {len(found)} hosts"
    identity = measure.run_id(compiled.folder.name, started)
    repeat = f"rackwright validate {plan.stack}"
    run = measure.Run(identity, options.runs / identity, compiled, (plan,), exported, repeat)
    judged = _measured(run, found, options, steps)
    simulated = ("accelerators",) if any(one.simulated for one in judged.verdicts) else ()
    return conclude.report(run, judged, steps, kind="live", simulated=simulated, started=started), run.folder


def _of_site(root: Path, plan: Plan) -> dict[str, Mapping[str, Any]]:
    """Return what the stack of the site exported, where hosts mount something of it."""
    site = plan.stack.rpartition(".")[0]
    return {site: pulumi_cli.outputs(root, site)} if any(map(site_outputs, plan.host_sets)) else {}


def machines(plan: Plan, outputs: Mapping[str, Any]) -> tuple[AccountMachine, ...]:
    """Return the machines of a plan's hosts with the addresses and ids that its stack exported."""
    inputs, gate = _inputs(plan), _bastion(plan, outputs)
    hosts, named = _by_name(plan, outputs, "hosts"), _by_name(plan, outputs, _identities(plan, outputs))
    planned = [name for one in plan.host_sets for name in host_names(one)]
    missing = [name for name in planned if name not in hosts or name not in named]
    if missing:
        raise StepError(f"{plan.stack} does not export {', '.join(missing)}", hint=f"rackwright up {plan.stack}")
    return tuple(
        replace(_machine(plan, one, name, (hosts[name], named[name]), inputs), through=gate)
        for one in plan.host_sets
        for name in host_names(one)
    )


def _identities(plan: Plan, outputs: Mapping[str, Any]) -> str:
    """Return the output by which a cloud knows the machines; where there is none, the plan knows how it calls them."""
    if plan.cloud == "aws":
        return "instance_ids"
    return "instance_names" if "instance_names" in outputs else "hosts"


def _bastion(plan: Plan, outputs: Mapping[str, Any]) -> AccountMachine | None:
    """Return the bastion that leads to the hosts, None where there is none; raises StepError where it is not known."""
    if plan.host_sets[0].access != "bastion":
        return None
    about = outputs.get("bastion") or {}
    if not about.get("address"):
        raise StepError(f"{plan.stack} does not export its bastion", hint=f"rackwright up {plan.stack}")
    name, address, user, place = "bastion", about["address"], about.get("user", ""), about.get("zone", plan.region)
    return AccountMachine(name, address, user, "direct", plan.cloud, plan.identity, place, about["id"])


def _by_name(plan: Plan, outputs: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return host name -> what an output says of it."""
    found: dict[str, str] = {}
    for one in plan.host_sets:
        addresses, values = (outputs.get(output_of(one, what)) or {} for what in ("hosts", name))
        found |= by_name(one, addresses, values)
    return found


def _plan(compiled: compiling.Compiled, stack: str) -> Plan:
    plan = next(one for one in compiled.checked.plans if one.stack == stack)
    if not plan.host_sets:
        of_hosts = [one.stack for one in compiled.checked.plans if one.host_sets]
        hint = f"stacks with hosts: {', '.join(of_hosts)}" if of_hosts else "the datacenter has no cluster"
        raise StepError(f"{stack} has no hosts", hint=hint)
    return plan


def _refuse_undeployed(done: pulumi_cli.Deployed) -> None:
    """Raise StepError where what is deployed is not the reviewed program: a verdict on it would name the wrong one."""
    if done.changes:
        first = ", ".join(f"{one.operation} {one.name}" for one in done.changes[:5])
        raise StepError(f"what is deployed is not the reviewed program: it would {first}", hint="deploy it first")


def _inputs(plan: Plan) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what is known of the inputs of every resource, by the key of its node and its logical name."""
    return {
        (node.key, str(known(node.name))): {key: known(one) for key, one in node.inputs}
        for _, node in expand(plan)
        if isinstance(node, Resource)
    }


def _machine(
    plan: Plan,
    one: HostSet,
    name: str,
    known_as: tuple[str, str],
    inputs: Mapping[tuple[str, str], Mapping[str, Any]],
) -> AccountMachine:
    """Return the machine behind a host: an EC2 instance, a Compute Engine instance, or a worker of a TPU slice."""
    address, identity = known_as
    about = (name, address, one.user, one.access, plan.cloud, plan.identity)
    if plan.cloud == "aws":
        return AccountMachine(*about, plan.region, identity)
    match one:
        case Instances():
            own = inputs[one.node, name]
            return AccountMachine(*about, str(own["zone"]), str(own["name"]))
        case SliceWorkers():
            key, _, worker = name.rpartition("-w")
            own = inputs[one.node, key]
            return AccountMachine(*about, str(own["zone"]), str(own["name"]), int(worker))
        case GroupMembers():
            zone = next(own["zone"] for (key, _), own in inputs.items() if key == one.node)
            return AccountMachine(*about, str(zone), identity)


def _measured(run: measure.Run, found: tuple[AccountMachine, ...], options: Options, steps: Steps) -> conclude.Judged:
    """Reach the machines, configure and measure them, and judge."""
    with ExitStack() as reached:
        with steps.step("reach hosts") as step:
            live = reached.enter_context(account(found, options.keys, run.folder, step.progress))
            step.detail = f"{len(live.hosts)} hosts, host keys as their cloud or the given file says"
        for playbook in ("configure", "validate"):
            conclude.play(run, live, playbook, steps, benchmark_timeout=options.benchmark_timeout)
    return conclude.judge(run, live, steps)
