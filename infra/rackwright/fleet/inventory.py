"""The inventory of a run: addresses and SSH settings for the hosts that the committed inventory describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.fleet.ssh import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.fleet.hosts import LiveHost, LiveHosts


def run_inventory(live: LiveHosts, outputs: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return an inventory that adds to the committed one how each live host is reached; its host key is verified.

    `outputs` maps hosts to the outputs of their site's stack by which they find what they mount.
    """
    known = {host.name: {"rackwright_outputs": dict(outputs.get(host.name, {}))} for host in live.hosts}
    return {"all": {"hosts": {host.name: known[host.name] | _reached(host, live) for host in live.hosts}}}


def _reached(host: LiveHost, live: LiveHosts) -> dict[str, Any]:
    key = {} if live.key_file is None else {"ansible_ssh_private_key_file": str(live.key_file)}
    return {
        "ansible_host": host.address,
        "ansible_port": host.port,
        "ansible_user": host.user,
        **key,
        "ansible_ssh_common_args": " ".join(options(host, live)),
        **host.variables,
    }
