"""rehearse: a datacenter from blueprint to verdict on this machine, everything real but the cloud and the devices."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from rackwright.derive.addresses import existing_blocks
from rackwright.diagnostics.record import dataclass
from rackwright.engine.deployment import destroy, up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.engine.state import State
from rackwright.fleet import faults
from rackwright.fleet.booted import booted
from rackwright.fleet.hosts import HostSpec
from rackwright.fleet.loopback import loopback
from rackwright.fleet.simulated import accelerator_devices, accelerator_files
from rackwright.system import clock
from rackwright.system.cache import cache
from rackwright.workflows import compile as compiling
from rackwright.workflows import conclude, measure
from rackwright.workflows.doctor import booted_hosts_possible
from rackwright.workflows.members import with_members
from rackwright.workflows.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from rackwright.fleet.hosts import LiveHosts
    from rackwright.reports.document import Report
    from rackwright.workflows.steps import Step, Watcher

ORGANIZATION, PROJECT = "organization", "rehearsal"
Hosts: TypeAlias = Literal["auto", "booted", "loopback"]
SIMULATED = ("cloud resources", "accelerators")


@dataclass(frozen=True, slots=True)
class Options:
    """How to rehearse: the folder of runs, which form of hosts, what to break, the benchmark's time limit (seconds)."""

    runs: Path
    hosts: Hosts = "auto"
    faults: tuple[str, ...] = ()
    benchmark_timeout: int = 900


@dataclass(frozen=True, slots=True)
class Deployed:
    """What was deployed: the cloud and each stack's state, sites first."""

    cloud: RehearsalCloud
    states: dict[str, State]


def rehearse(path: Path, options: Options, watcher: Watcher) -> tuple[Report, Path]:
    """Return the report of a rehearsal and its folder; raises StepError or FindingsError where there is no verdict."""
    started, steps = clock.now(), Steps(watcher)
    with steps.step("check and compile") as step:
        compiled = compiling.compile_blueprint(path)
        compiling.refuse_stale(compiled)
        step.detail = f"{len(compiled.stacks)} stacks; committed programs are what the blueprint compiles to"
    plans = compiled.checked.plans
    with steps.step("deploy to the rehearsal cloud") as step:
        deployed = _deploy(compiled, step)
        step.detail = f"{len(deployed.cloud.known())} simulated resources created by {len(plans)} programs"
    run = _run(options, compiled, deployed, started)
    live = _live(run, options, steps)
    judged = conclude.judge(run, live, steps)
    with steps.step("clear the rehearsal cloud") as step:
        step.detail = _clear(deployed)
    return conclude.report(run, judged, steps, kind="rehearsal", simulated=SIMULATED, started=started), run.folder


def _deploy(compiled: compiling.Compiled, step: Step) -> Deployed:
    """Run every program against one rehearsal cloud, sites first."""
    plans = compiled.checked.plans
    sites = compiled.checked.loaded.blueprint.sites.values()
    existing = {name: block for site in sites for name, block in existing_blocks(site).items()}
    deployed = Deployed(RehearsalCloud(plans[0].identity, plans[0].region, existing=existing), {})
    for plan in plans:
        done = up(
            Program(compiled.folder / plan.stack / "program", PROJECT, plan.stack, plan.cloud),
            deployed.cloud,
            stacks={f"{ORGANIZATION}/{PROJECT}/{stack}": one.exports for stack, one in deployed.states.items()},
            told=lambda operation, urn: step.progress(f"{operation} {urn.rpartition('::')[2]}"),
        )
        deployed.states[plan.stack] = done.state
    return deployed


def _run(options: Options, compiled: compiling.Compiled, deployed: Deployed, started: datetime) -> measure.Run:
    datacenter = compiled.checked.loaded.blueprint.name
    identity = measure.run_id(datacenter, started)
    exports = {
        plan.stack: with_members(plan, deployed.states[plan.stack].exports, deployed.cloud.members)
        for plan in compiled.checked.plans
    }
    repeat = f"rackwright rehearse {datacenter}"
    return measure.Run(identity, options.runs / identity, compiled, compiled.checked.plans, exports, repeat)


def _live(run: measure.Run, options: Options, steps: Steps) -> LiveHosts:
    """Bring hosts up, configure them and measure them; what fails on a host is for the verdict, not an end."""
    bring_up, form = _form(options.hosts)
    with ExitStack() as hosts:
        with steps.step(f"start {form} hosts") as step:
            live = hosts.enter_context(bring_up(_specs(run), step.progress))
            step.detail = f"{len(live.hosts)} hosts answer SSH, host keys verified"
        for fault in options.faults:
            faults.target(live, fault)
        for playbook in ("configure", "validate"):
            if playbook == "validate":
                for fault in options.faults:
                    faults.inject(live, fault)
            conclude.play(run, live, playbook, steps, benchmark_timeout=options.benchmark_timeout)
        with steps.step(f"clear the {form} hosts"):
            hosts.close()
    return live


def _form(asked: Hosts) -> tuple[Callable[..., AbstractContextManager[LiveHosts]], str]:
    """Return how to bring hosts up: as machines of their own where this machine can, else on the loopback interface."""
    if asked == "booted" or (asked == "auto" and booted_hosts_possible()):
        return booted, "booted"
    return loopback, "loopback"


def _specs(run: measure.Run) -> tuple[HostSpec, ...]:
    """Return the hosts to bring up, at the addresses their stacks exported."""
    wheels = cache() / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    networks = {site: one.network.cidr for site, one in run.compiled.checked.loaded.blueprint.sites.items()}
    return tuple(
        HostSpec(
            name=name,
            address=address,
            network=networks[plan.stack.split(".")[1]],
            user=host_set.user,
            files=accelerator_files(host_set.expect),
            cache=wheels,
            devices=accelerator_devices(host_set.expect),
            containers=bool(host_set.installed.containers),
        )
        for plan, host_set in run.host_sets()
        for name, address in run.addresses(plan.stack, host_set).items()
    )


def _clear(deployed: Deployed) -> str:
    """Destroy what nothing protects, clusters before their sites; return what was done, in words."""
    count, kept = 0, []
    for stack, state in reversed(deployed.states.items()):
        if any(one.protect for one in state.resources.values()):
            kept.append(stack)
        else:
            count += destroy(state, deployed.cloud)
    return f"{count} simulated resources deleted" + (f"; {', '.join(kept)} is protected" if kept else "")
