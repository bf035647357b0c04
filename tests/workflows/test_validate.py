"""validate: which machines a stack's outputs stand for, and the whole line up to a verdict with stand-ins."""

from __future__ import annotations

import getpass
import os
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.fleet import stand_ins
from tests.planning.plans import site_plans

from rackwright.checks.outcome import State
from rackwright.diagnostics import MissingToolError, StepError
from rackwright.engine import pulumi_cli
from rackwright.engine.pulumi_cli import Change, Deployed
from rackwright.fleet import gcp
from rackwright.fleet.account import account
from rackwright.fleet.hosts import HostSpec
from rackwright.fleet.loopback import loopback
from rackwright.fleet.simulated import accelerator_files
from rackwright.plan import from_json, host_names
from rackwright.system import processes
from rackwright.system.cache import cache
from rackwright.workflows import compile as compiling
from rackwright.workflows import doctor, measure, validate
from rackwright.workflows.members import with_members
from rackwright.workflows.validate import Options, machines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rackwright.fleet.hosts import AccountMachine, LiveHosts
    from rackwright.plan import Plan

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "stacks" / "quickstart" / "quickstart.use1.train"
SAME = Deployed((), {}, ())
OUTPUTS = {
    "hosts": {"train-0": "10.60.0.4", "train-1": "10.60.0.5"},
    "instance_ids": {"train-0": "i-00", "train-1": "i-01"},
}


class Silent:
    """Watches nothing."""

    def begin(self, step: str) -> None:
        """Take no note."""

    def progress(self, step: str, text: str) -> None:
        """Take no note."""

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Take no note."""


def plan_of(stack: str) -> Plan:
    """Return a committed plan."""
    return from_json((ROOT / "stacks" / stack.partition(".")[0] / stack / "plan.json").read_text(encoding="utf-8"))


def deployed(monkeypatch: pytest.MonkeyPatch, preview: Deployed = SAME, outputs: dict[str, Any] = OUTPUTS) -> None:
    """Let the Pulumi CLI answer so."""
    monkeypatch.setattr(pulumi_cli, "preview", lambda *_: preview)
    monkeypatch.setattr(pulumi_cli, "outputs", lambda *_: outputs)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of stand-ins, which are found first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    stand_ins.install(folder, "aws", stand_ins.AWS, {}, owner="111122223333")
    return folder


@pytest.mark.parametrize(
    ("stack", "outputs", "expected"),
    [
        ("quickstart.use1.train", OUTPUTS, ("ssm", "111122223333", "us-east-1", "i-01", None)),
        (
            "borealis.usc1.mega",
            {"hosts": {"mega-0": "10.80.0.2", "mega-1": "10.80.0.3"}},
            ("iap", "acme-ai-prod", "us-central1-c", "borealis-usc1-mega-1", None),
        ),
        (
            "borealis.usc1.tpu",
            {"hosts": {f"tpu-0-w{at}": f"10.80.0.{at + 2}" for at in range(4)}},
            ("iap", "acme-ai-prod", "us-central1-a", "borealis-usc1-tpu-0", 3),
        ),
    ],
)
def test_hosts_are_machines_of_their_cloud(stack: str, outputs: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """Every planned host is one: by its instance id, by its name and zone, by its slice and number."""
    plan = plan_of(stack)
    found = machines(plan, outputs)
    last = found[-1]

    assert [one.name for one in found] == [name for one in plan.host_sets for name in host_names(one)]
    assert (last.access, last.owner, last.place, last.id, last.worker) == expected
    assert last.address == outputs["hosts"][last.name]


@pytest.mark.parametrize("lost", ["hosts", "instance_ids"])
def test_a_host_that_is_not_exported_is_named(lost: str) -> None:
    """A stack that was never deployed, or deployed from another plan, has no machine for it."""
    outputs = {**OUTPUTS, lost: {"train-0": "x"}}

    with pytest.raises(StepError, match=r"quickstart\.use1\.train does not export train-1"):
        machines(plan_of("quickstart.use1.train"), outputs)


def test_members_of_a_group_are_found_by_their_label(programs: Path) -> None:
    """Google Cloud is asked for the machines of the group; hosts are numbered in the order of their addresses."""
    listed = {
        name: stand_ins.Told([{"networkIP": address}])
        for name, address in (("dc-one-train-x7f2", "10.80.0.10"), ("dc-one-train-0abc", "10.80.0.9"))
    }
    log = stand_ins.install(programs, "gcloud", stand_ins.GCLOUD, listed, user="me")
    cluster = {"machine": "g2-standard-4", "nodes": 2, "provision": "group"}
    _, plan = site_plans("gcp", clusters={"train": cluster})
    found = machines(plan, with_members(plan, {"group": "dc-one-train"}, partial(gcp.members, plan.identity)))

    assert [(one.name, one.address, one.id, one.place) for one in found] == [
        ("train-0", "10.80.0.9", "dc-one-train-0abc", "us-central1-a"),
        ("train-1", "10.80.0.10", "dc-one-train-x7f2", "us-central1-a"),
    ]
    assert "--filter=labels.rackwright-group=dc-one-train AND status=RUNNING" in log.read_text(encoding="utf-8")


def test_where_mounts_are_is_read_from_the_stack_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked only where hosts mount something of it, and an output that is missing ends the run by its name."""
    plan = plan_of("aurora.use1.train")
    exported = {"scratch_address": "fs-1.fsx", "scratch_mount_name": "abc", "home_address": "fs-2.efs", "key_arn": "k"}
    monkeypatch.setattr(pulumi_cli, "outputs", lambda _root, stack: {"aurora.use1": exported}[stack])
    compiled = compiling.compile_blueprint(ROOT / "stacks" / "aurora" / "blueprint.yaml")
    found = validate._of_site(ROOT, plan)
    run = measure.Run("r1", ROOT, compiled, (plan,), found, "again")

    assert validate._of_site(ROOT, plan_of("quickstart.use1.train")) == {}
    assert measure._outputs(run)["train-3"] == {name: exported[name] for name in list(exported)[:3]}
    with pytest.raises(StepError, match=r"aurora\.use1 does not export scratch_mount_name, home_address"):
        measure._outputs(replace(run, exports={"aurora.use1": {"scratch_address": "fs-1.fsx"}}))


@pytest.mark.parametrize(
    ("stack", "about", "expected"),
    [
        ("quickstart.use1.train", {"id": "i-b", "user": "ubuntu"}, ("ubuntu", "us-east-1", "i-b")),
        ("borealis.usc1.mega", {"id": "b-bastion", "zone": "us-central1-a"}, ("", "us-central1-a", "b-bastion")),
    ],
)
def test_machines_are_reached_through_the_bastion_that_is_exported(
    stack: str, about: dict[str, str], expected: tuple[str, str, str]
) -> None:
    """The machine by its public address, known to its cloud by its id; without the output nothing is tried."""
    plan = plan_of(stack)
    sets = tuple(replace(one, access="bastion") for one in plan.host_sets)
    plan, names = replace(plan, host_sets=sets), [name for one in sets for name in host_names(one)]
    outputs = {"hosts": dict.fromkeys(names, "10.60.0.4"), "instance_ids": dict.fromkeys(names, "i-00")}
    gates = {one.through for one in machines(plan, {**outputs, "bastion": {"address": "203.0.113.7", **about}})}

    assert [(one.name, one.address, one.access, one.user, one.place, one.id) for one in gates if one] == [
        ("bastion", "203.0.113.7", "direct", *expected)
    ]
    with pytest.raises(StepError, match="does not export its bastion"):
        machines(plan, outputs)


def test_what_is_not_the_reviewed_program_is_not_validated(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployment that the program would change is refused before any host is reached."""
    deployed(monkeypatch, Deployed((Change("create", "aws:ec2/instance:Instance", "train-1"),), {}, ()))

    with pytest.raises(StepError, match="not the reviewed program: it would create train-1"):
        validate.validate(ROOT, FOLDER, Options(tmp_path), Silent())
    assert (programs / "aws.log").read_text(encoding="utf-8") == ""


def test_a_stack_without_hosts_names_those_with(tmp_path: Path) -> None:
    """A site has nothing to validate."""
    with pytest.raises(StepError, match="has no hosts") as refused:
        validate.validate(ROOT, FOLDER.parent / "quickstart.use1", Options(tmp_path), Silent())
    assert "quickstart.use1.train" in refused.value.hint


def test_missing_tools_are_named_with_where_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, before anything is asked."""
    find = processes.find
    gone = ("pulumi", "session-manager-plugin")
    monkeypatch.setattr(processes, "find", lambda program: None if program in gone else find(program) or program)

    with pytest.raises(MissingToolError, match=r"pulumi \(.*session-manager-plugin \(") as missing:
        validate.validate(ROOT, FOLDER, Options(tmp_path), Silent())
    assert missing.value.hint == "https://www.pulumi.com/docs/install"
    assert {"aws", "gcloud", "session-manager-plugin"} <= {tool.name for tool in doctor.PROGRAMS}


@contextmanager
def standing_for_an_account(folder: Path) -> Iterator[tuple[Any, Path]]:
    """Start loopback hosts behind a stand-in for AWS; yield the room that reaches them, and the stand-in's log.

    The room is the real one, but its hosts are this machine: they keep out of its packages, and log in as its user.
    """
    (host_set,) = plan_of("quickstart.use1.train").host_sets
    wheels = cache() / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    specs = [
        HostSpec(name, address, "10.60.0.0/16", "ubuntu", accelerator_files(host_set.expect), wheels)
        for name, address in OUTPUTS["hosts"].items()
    ]
    with loopback(specs) as here:
        known = dict(line.split(" ", 1) for line in here.known_hosts.read_text(encoding="utf-8").splitlines())
        answers = {
            OUTPUTS["instance_ids"][one.name]: stand_ins.Told(
                stand_ins.console(known[one.name]),
                one.port,
                str(here.known_hosts.parent / one.name / "authorized_keys"),
            )
            for one in here.hosts
        }
        log = stand_ins.install(folder, "aws", stand_ins.AWS, answers, owner="111122223333")

        @contextmanager
        def reach(found: Sequence[AccountMachine], *given: Any) -> Iterator[LiveHosts]:
            with ExitStack() as stack:
                mine = [replace(one, user=getpass.getuser()) for one in found]
                live = stack.enter_context(account(mine, *given))
                hosts = tuple(
                    replace(one, variables=own.variables) for one, own in zip(live.hosts, here.hosts, strict=True)
                )
                yield replace(live, kind="loopback", hosts=hosts, skip=here.skip)

        yield reach, log


@pytest.mark.slow
def test_hosts_behind_a_tunnel_reach_a_verdict(programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs, keys from the console, a key for the run, the tunnel, playbooks, verdict: bound and repeatable."""
    deployed(monkeypatch)
    with standing_for_an_account(programs) as (reach, log):
        monkeypatch.setattr(validate, "account", reach)
        report, folder = validate.validate(ROOT, FOLDER, Options(tmp_path / "runs"), Silent())
        asked = log.read_text(encoding="utf-8")
    (verdict,) = report.verdicts
    accuracy = [one for one in verdict.outcomes if one.check == "benchmark.accuracy"]

    assert (report.kind, report.failures) == ("live", ())
    assert [one.state for one in accuracy] == [State.PASS, State.PASS]
    assert report.headline == "READY (simulated: accelerators)"
    assert verdict.binding.repeat == "rackwright validate quickstart.use1.train"
    assert all(identity for _, identity in verdict.binding.hosts)
    assert (folder / "known_hosts").read_text(encoding="utf-8").count("ssh-ed25519") == 2
    assert asked.count("aws ssm start-session --region us-east-1 --target i-00") >= 1
