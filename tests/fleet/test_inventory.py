"""The inventory of a run says how each host is reached, and that its key is verified."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path

from rackwright.fleet.hosts import LiveHost, LiveHosts
from rackwright.fleet.inventory import run_inventory

HOST = LiveHost("train-0", "10.0.0.4", 22, "ubuntu", "train-0", variables={"rackwright_wheel_cache": "/var/cache/w"})
LIVE = LiveHosts("booted", (HOST,), Path("/run/a folder/id"), Path("/run/a folder/known_hosts"))


def test_a_host_is_reached_at_its_address_with_the_key_of_the_run() -> None:
    """Address, port, user, key, the host's own variables and where its storage is; everything survives JSON."""
    outputs = {"train-0": {"home_address": "10.0.0.9"}}
    found = json.loads(json.dumps(run_inventory(LIVE, outputs)))["all"]["hosts"]["train-0"]

    assert (found["ansible_host"], found["ansible_port"], found["ansible_user"]) == ("10.0.0.4", 22, "ubuntu")
    assert found["ansible_ssh_private_key_file"] == "/run/a folder/id"
    assert found["rackwright_wheel_cache"] == "/var/cache/w"
    assert found["rackwright_outputs"] == outputs["train-0"]


def test_host_keys_are_verified_by_the_known_hosts_of_the_run() -> None:
    """Paths with spaces stay one word."""
    words = shlex.split(run_inventory(LIVE, {})["all"]["hosts"]["train-0"]["ansible_ssh_common_args"])

    assert {"StrictHostKeyChecking=yes", "HostKeyAlias=train-0", "IdentitiesOnly=yes"} <= set(words)
    assert "UserKnownHostsFile=/run/a folder/known_hosts" in words


def test_a_host_behind_a_proxy_is_reached_through_it_with_the_agents_keys() -> None:
    """Without a key file the SSH agent is asked; the proxy command stays one word."""
    proxied = replace(LIVE, hosts=(replace(HOST, proxy="aws ssm start-session --target %h"),), key_file=None)
    found = run_inventory(proxied, {})["all"]["hosts"]["train-0"]
    words = shlex.split(found["ansible_ssh_common_args"])

    assert "ansible_ssh_private_key_file" not in found
    assert {"IdentitiesOnly=no", "ProxyCommand=aws ssm start-session --target %h"} <= set(words)
