"""Machines of an account, with stand-ins for the clouds' command lines: how they are reached, known and refused."""

from __future__ import annotations

import getpass
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fleet import stand_ins
from tests.fleet.test_host_keys import ED25519

from rackwright.diagnostics import StepError
from rackwright.fleet import account as room
from rackwright.fleet import aws, gcp, ssh
from rackwright.fleet.account import Keys, account
from rackwright.fleet.hosts import AccountMachine, LiveHosts
from rackwright.system import processes

ON_AWS = AccountMachine("train-0", "10.60.0.4", "ubuntu", "ssm", "aws", "111122223333", "us-east-1", "i-0abc")
ON_GCP = AccountMachine("mega-0", "10.80.0.4", "ubuntu", "iap", "gcp", "acme-ai-prod", "us-central1-c", "dc-one-mega-0")
ON_TPU = replace(ON_GCP, name="tpu-0-w1", place="us-central1-a", id="dc-one-tpu-0", worker=1)


def told(live: LiveHosts) -> list[tuple[str, stand_ins.Told]]:
    """Return the host key of each server, and what a stand-in knows of it."""
    known = dict(line.split(" ", 1) for line in live.known_hosts.read_text(encoding="utf-8").splitlines())
    folder = live.known_hosts.parent
    who = [str(folder / one.name / "authorized_keys") for one in live.hosts]
    return [(known[one.name], stand_ins.Told("", one.port, file)) for one, file in zip(live.hosts, who, strict=True)]


def pair(live: LiveHosts, one: AccountMachine) -> list[AccountMachine]:
    """Return two machines of an account, for the two servers."""
    name, user = one.name[:-1], getpass.getuser()
    return [replace(one, name=f"{name}{at}", id=f"{one.id}{at}", user=user) for at in range(len(live.hosts))]


def test_systems_manager_is_the_way_in_and_lets_a_key_in_first() -> None:
    """Without a key of this run the session alone; with one, EC2 Instance Connect is asked before."""
    session = "aws ssm start-session --region us-east-1 --target i-0abc --document-name AWS-StartSSHSession"
    shell, flag, script = shlex.split(aws.proxy(ON_AWS, Path("/k/id.pub")))

    assert aws.proxy(ON_AWS, None) == f"{session} --parameters portNumber=%p"
    assert (shell, flag) == ("sh", "-c")
    assert script.startswith("aws ec2-instance-connect send-ssh-public-key --region us-east-1 --instance-id i-0abc")
    assert script.endswith(f"--ssh-public-key file:///k/id.pub >/dev/null && exec {session} --parameters portNumber=%p")
    assert aws.proxy(replace(ON_AWS, access="direct"), None) == ""


def test_an_instance_connect_endpoint_is_the_way_in_and_lets_a_key_in_first() -> None:
    """The endpoint is found by the machine's VPC; the key that logs in is let in by the same service."""
    machine = replace(ON_AWS, access="instance-connect")
    tunnel = "aws ec2-instance-connect open-tunnel --region us-east-1 --instance-id i-0abc --remote-port %p"
    script = shlex.split(aws.proxy(machine, Path("/k/id.pub")))[-1]

    assert aws.proxy(machine, None) == tunnel
    assert script.startswith("aws ec2-instance-connect send-ssh-public-key --region us-east-1 --instance-id i-0abc")
    assert script.endswith(f" && exec {tunnel}")


def test_identity_aware_proxy_is_the_way_in() -> None:
    """A machine by its name; a host of a slice by the name that it published."""
    expected = "gcloud compute start-iap-tunnel t1v-n-1-w-1 %p --listen-on-stdin --project=acme-ai-prod"

    assert gcp.proxy(ON_TPU, "t1v-n-1-w-1") == f"{expected} --zone=us-central1-a"
    assert gcp.proxy(replace(ON_GCP, access="direct"), ON_GCP.id) == ""


def test_hosts_of_a_slice_are_told_apart(programs: Path) -> None:
    """One question for a slice; each host has its own host key and its own instance to tunnel to."""
    hostname = [{"namespace": "", "key": "hostname", "value": f"t1v-w-{at}", "worker_id": at} for at in range(2)]
    known = stand_ins.Told([*hostname, *stand_ins.attributes(ED25519, worker_id=1)])
    log = stand_ins.install(programs, "gcloud", stand_ins.GCLOUD, {ON_TPU.id: known}, user="me")
    first, second = gcp.doors([replace(ON_TPU, name="tpu-0-w0", worker=0), ON_TPU], None, "", ask_keys=True)

    assert (first.keys, second.keys) == ((), (ED25519,))
    assert "start-iap-tunnel t1v-w-1 %p" in second.proxy
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


def test_credentials_of_another_account_are_refused(programs: Path) -> None:
    """Both accounts are named, before anything is asked of a machine."""
    log = stand_ins.install(programs, "aws", stand_ins.AWS, {}, owner="999999999999")

    with pytest.raises(StepError, match=r"999999999999.*111122223333"), account([ON_AWS], Keys(), programs):
        pass
    assert log.read_text(encoding="utf-8").splitlines() == ["aws sts get-caller-identity --output json"]


@pytest.mark.parametrize("text", ["", stand_ins.console(ED25519)[:-150]], ids=["no console yet", "cut off"])
def test_a_machine_without_a_known_key_is_named_and_not_connected_to(text: str, programs: Path) -> None:
    """The host and the next step; no session was begun."""
    log = stand_ins.install(programs, "aws", stand_ins.AWS, {"i-0abc": stand_ins.Told(text)}, owner="111122223333")

    with pytest.raises(StepError, match="no host key of train-0; nothing was connected to") as refused:
        account([ON_AWS], Keys(), programs).__enter__()
    assert "--known-hosts FILE" in refused.value.hint
    assert "start-session" not in log.read_text(encoding="utf-8")


def test_what_a_cloud_refuses_is_said(programs: Path) -> None:
    """The command, how it ended, its last words."""
    stand_ins.install(programs, "aws", stand_ins.AWS, {}, owner="111122223333")

    with pytest.raises(StepError, match=r"get-console-output.* ended with code 254: An error occurred: i-0abc"):
        account([ON_AWS], Keys(), programs).__enter__()


@pytest.mark.slow
@pytest.mark.parametrize("access", ["ssm", "instance-connect"])
def test_aws_machines_answer_through_the_tunnel(access: str, programs: Path, live: LiveHosts, tmp_path: Path) -> None:
    """Keys from the console, a key for this run that Instance Connect lets in, both gone afterwards."""
    machines = pair(live, replace(ON_AWS, access=access))
    known = {
        one.id: replace(about, told=stand_ins.console(key))
        for one, (key, about) in zip(machines, told(live), strict=True)
    }
    stand_ins.install(programs, "aws", stand_ins.AWS, known, owner="111122223333")
    with account(machines, Keys(), tmp_path / "run") as reached:
        done = [processes.run(ssh.command(one, reached, "echo", one.name), timeout=30) for one in reached.hosts]
        key = reached.key_file

    assert [one.out.strip() for one in done] == ["train-0", "train-1"]
    assert key is not None
    assert not key.exists()


@pytest.mark.slow
def test_google_machines_answer_through_the_tunnel(programs: Path, live: LiveHosts, tmp_path: Path) -> None:
    """Keys from guest attributes; OS Login names the user, lets a key in, and forgets it at the end."""
    machines = pair(live, ON_GCP)
    known = {
        one.id: replace(about, told=stand_ins.attributes(key))
        for one, (key, about) in zip(machines, told(live), strict=True)
    }
    log = stand_ins.install(programs, "gcloud", stand_ins.GCLOUD, known, user=getpass.getuser())
    with account([replace(one, user="ubuntu") for one in machines], Keys(), tmp_path / "run") as reached:
        done = [processes.run(ssh.command(one, reached, "true"), timeout=30) for one in reached.hosts]

    assert all(one.ok for one in done)
    assert "ssh-keys remove" in log.read_text(encoding="utf-8").splitlines()[-1]


@pytest.mark.slow
def test_a_host_key_that_differs_is_refused(
    programs: Path, live: LiveHosts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answers with another key than the cloud told is not talked to, and nobody waits for it."""
    monkeypatch.setattr(room, "SECONDS_TO_ANSWER", 60.0)
    machines = pair(live, ON_AWS)
    wrong = [replace(about, told=stand_ins.console(ED25519)) for _, about in told(live)]
    known = dict(zip((one.id for one in machines), wrong, strict=True))
    stand_ins.install(programs, "aws", stand_ins.AWS, known, owner="111122223333")

    with pytest.raises(StepError, match="Host key verification failed"):
        account(machines, Keys(), tmp_path / "run").__enter__()


@pytest.mark.slow
def test_the_users_own_keys_are_enough(programs: Path, live: LiveHosts, tmp_path: Path) -> None:
    """With both files no cloud is asked for keys; a file that lacks a machine is refused by the machine's name."""
    machines = pair(live, ON_AWS)
    (first, _), _ = known = told(live)
    stand_ins.install(
        programs, "aws", stand_ins.AWS, dict(zip((one.id for one in machines), (one for _, one in known), strict=True)),
        owner="111122223333",
    )  # fmt: skip
    mine = tmp_path / "mine"
    mine.write_text(f"{machines[0].id} {first}\ntrain-1 {known[1][0]}\n", encoding="utf-8")
    with account(machines, Keys(live.key_file, mine), tmp_path / "run") as reached:
        done = [processes.run(ssh.command(one, reached, "true"), timeout=30) for one in reached.hosts]
    mine.write_text(f"train-0 {first}\n", encoding="utf-8")

    assert all(one.ok for one in done)
    with pytest.raises(StepError, match="mine has no host key of train-1"):
        account(machines, Keys(live.key_file, mine), tmp_path / "run").__enter__()
