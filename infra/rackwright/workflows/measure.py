"""Measuring the hosts of a run, and what is made of the results."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rackwright.checks.cluster import examine
from rackwright.checks.evidence import Evidence
from rackwright.checks.limits import limits
from rackwright.checks.measured import Benchmark, Command, Mounted, Node, Nothing, Scheduled, read
from rackwright.checks.verdict import Binding, Verdict, judge
from rackwright.diagnostics import StepError
from rackwright.diagnostics.record import dataclass
from rackwright.emit.manifest import sha256
from rackwright.fleet.hosts import PACKAGES, STORAGE
from rackwright.plan import Instances, Plan, by_name, host_names, output_of, site_outputs
from rackwright.reports.document import Host
from rackwright.system import clock, files
from rackwright.workflows import compile as compiling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from rackwright.fleet.hosts import LiveHosts
    from rackwright.plan import Acceptance, HostSet
    from rackwright.workflows.steps import Step

SECONDS_TO_CONFIGURE = 1800
MARGIN = 300
SECONDS_TO_PULL = 1800
"""What the role gives an image to come from its registry."""
NO_IDENTITY = "its registry lets nodes in by their identity, which those of a rehearsal do not have"


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the hosts of `plans`: its id and folder, what was compiled, what the stacks exported.

    `repeat` is what to type to measure again.
    """

    id: str
    folder: Path
    compiled: compiling.Compiled
    plans: tuple[Plan, ...]
    exports: Mapping[str, Mapping[str, Any]]
    repeat: str

    @property
    def datacenter(self) -> str:
        """The datacenter's name."""
        return self.compiled.checked.loaded.blueprint.name

    @property
    def results(self) -> Path:
        """Where hosts' results are brought to."""
        return self.folder / "results"

    def host_sets(self) -> Iterator[tuple[Plan, HostSet]]:
        """Yield every host set with the plan it is of."""
        for plan in self.plans:
            for host_set in plan.host_sets:
                yield plan, host_set

    def addresses(self, stack: str, host_set: HostSet) -> dict[str, str]:
        """Return host name -> address of one host set, as its stack exported them."""
        exported = self.exports[stack][output_of(host_set, "hosts")]
        return by_name(host_set, exported, exported)


def run_id(datacenter: str, started: datetime) -> str:
    """Return a name that no other run has."""
    return f"{datacenter}-{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def play(run: Run, live: LiveHosts, name: str, step: Step, *, benchmark_timeout: int) -> list[str]:
    """Run a playbook over the hosts; return what failed, in words that name host, task and next step."""
    from rackwright.fleet.inventory import run_inventory
    from rackwright.fleet.runner import Playbook, play

    hosts = run.folder / "hosts.json"
    files.write_atomic(hosts, json.dumps(run_inventory(live, _outputs(run))))
    committed = [run.compiled.folder / plan.stack / "inventory.yml" for plan, _ in run.host_sets()]
    playbook = Playbook(
        name,
        (*dict.fromkeys(committed), hosts),
        _variables(run, live, benchmark_timeout),
        run.folder / "ansible",
        SECONDS_TO_CONFIGURE if name == "configure" else benchmark_timeout + _accepting(run) + MARGIN,
        live.skip,
    )
    played = play(playbook, lambda event: step.progress(f"{event.task} {event.host} {event.outcome}".strip()))
    step.ok = played.ok
    step.detail = f"{len(live.hosts)} hosts, {sum(played.changed.values())} changes"
    complaints = [
        f"{one.host}: {one.task or 'connecting'}: {one.message} (next: see {played.log}; then {run.repeat})"
        for one in played.failures
    ]
    return complaints or ([] if played.code == 0 else [f"{name} ended with code {played.code}; see {played.log}"])


def evidence(run: Run, live: LiveHosts) -> dict[str, tuple[Evidence, ...]]:
    """Return what is known of the hosts of every stack that has some."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for plan, host_set in run.host_sets():
        fleet = tuple(_evidence(run, plan, host_set, name, live=live) for name in host_names(host_set))
        found[plan.stack] = found.get(plan.stack, ()) + fleet
    return found


def verdicts(run: Run, found: Mapping[str, Sequence[Evidence]], live: LiveHosts) -> tuple[Verdict, ...]:
    """Return the verdict on every stack with hosts, bound to its manifest and to the machines that were measured."""
    now, never = clock.now(), limits(live.cannot)
    return tuple(judge((*examine(fleet), *never), _binding(run, stack, fleet), now) for stack, fleet in found.items())


def report_hosts(run: Run, found: Mapping[str, Sequence[Evidence]]) -> tuple[Host, ...]:
    """Return the hosts as a report shows them."""
    known: dict[str, dict[str, str]] = {stack: {} for stack in found}
    for plan, host_set in run.host_sets():
        known[plan.stack] |= run.addresses(plan.stack, host_set)
    return tuple(_host(run, one, known[one.stack][one.host]) for fleet in found.values() for one in fleet)


def _outputs(run: Run) -> dict[str, dict[str, Any]]:
    """Return host name -> what its site's stack exported for its mounts; raises StepError where that is missing."""
    found: dict[str, dict[str, Any]] = {}
    for plan, host_set in run.host_sets():
        site, wanted = plan.stack.rpartition(".")[0], site_outputs(host_set)
        exported = run.exports.get(site, {})
        missing = [name for name in wanted if not exported.get(name)]
        if missing:
            raise StepError(f"{site} does not export {', '.join(missing)}", hint=f"rackwright up {site}")
        found |= {host: {name: exported[name] for name in wanted} for host in host_names(host_set)}
    return found


def _accepting(run: Run) -> int:
    """Return the seconds that the team's own commands may take: clusters run theirs side by side."""
    return max((sum(map(_lasting, hosts.validation.acceptance)) for _, hosts in run.host_sets()), default=0)


def _lasting(asked: Acceptance) -> int:
    """Return the seconds that a command may take, with its image."""
    return asked.timeout + (SECONDS_TO_PULL if asked.image else 0)


def _variables(run: Run, live: LiveHosts, benchmark_timeout: int) -> dict[str, Any]:
    """Return what a run tells all hosts; those of an account install in the environment that their inventory says."""
    from rackwright.fleet.runner import controller_environment

    here = {} if live.kind == "account" else {"rackwright_environment": controller_environment()}
    return {
        "rackwright_run_id": run.id,
        "rackwright_results_dir": str(run.results.resolve()),
        **here,
        "benchmark_timeout": benchmark_timeout,
    }


def _evidence(run: Run, plan: Plan, host_set: HostSet, name: str, *, live: LiveHosts) -> Evidence:
    scheduler = host_set.scheduler.head if isinstance(host_set, Instances) and host_set.scheduler else ""
    return Evidence(
        host=name,
        stack=plan.stack,
        expect=host_set.expect,
        validation=host_set.validation,
        node=read(_result(run, name, "node.json"), Node, run.id),
        benchmark=_killed(run, name) or read(_result(run, name, "benchmark.json"), Benchmark, run.id),
        repeat=run.repeat,
        shares_machine=live.kind != "account",
        mounts=host_set.mounts,
        mounted=read(_result(run, name, "mounts.json"), Mounted, run.id),
        cannot_mount=live.cannot.get(STORAGE, ""),
        commands=tuple(_commands(run, host_set, name)),
        scheduler=scheduler,
        scheduled=read(_result(run, scheduler, "slurm.json"), Scheduled, run.id),
        cannot_schedule=live.cannot.get(PACKAGES, ""),
        cannot_contain=live.cannot.get(PACKAGES, ""),
        cannot_log_in=NO_IDENTITY if live.kind != "account" else "",
    )


def _commands(run: Run, host_set: HostSet, name: str) -> Iterator[tuple[str, Command | Nothing]]:
    """Yield what the team's own commands of a host left."""
    for asked in host_set.validation.acceptance:
        if not asked.first or name == host_names(host_set)[0]:
            yield asked.name, read(_result(run, name, f"acceptance-{asked.name}.json"), Command, run.id)


def _killed(run: Run, name: str) -> Nothing | None:
    """Return how the benchmark's process ended, where it did not end by itself and left no result."""
    text = _result(run, name, "benchmark-run.json")
    if text is None or _result(run, name, "benchmark.json") is not None:
        return None
    ended = json.loads(text)
    last = str(ended.get("stderr") or "").strip().splitlines()[-1:]
    return Nothing(f"the benchmark ended with code {ended.get('code')} and no result {' '.join(last)}".strip())


def _binding(run: Run, stack: str, fleet: Sequence[Evidence]) -> Binding:
    manifest = run.compiled.stacks[stack]["manifest.json"]
    return Binding(stack, sha256(manifest), run.repeat, tuple((one.host, one.identity) for one in fleet))


def _host(run: Run, one: Evidence, address: str) -> Host:
    text = _result(run, one.host, "benchmark.json")
    expect = one.expect
    accelerators = f"{expect.accelerators} x {expect.accelerator}" if expect.accelerators else "no accelerator"
    return Host(
        name=one.host,
        stack=one.stack,
        machine=expect.machine,
        accelerators=f"{accelerators} (simulated)" if one.simulated else accelerators,
        address=address,
        identity=one.identity,
        benchmark=json.loads(text) if text is not None and isinstance(one.benchmark, Benchmark) else None,
    )


def _result(run: Run, host: str, name: str) -> str | None:
    path = run.results / host / name
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
