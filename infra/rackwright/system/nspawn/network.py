"""A rehearsal's own network: a bridge with the gateway's address, and a way out for package installs."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.system import processes
from rackwright.system.ledger import FORWARDING

if TYPE_CHECKING:
    from rackwright.system.ledger import Ledger

SECONDS = 30


def gateway(network: str) -> str:
    """Return the first address of a network: where clouds put the gateway."""
    return str(IPv4Network(network)[1])


def build(ledger: Ledger, name: str) -> None:
    """Make the bridge `name`, and let the rehearsal's network out through this machine's own address."""
    ledger.bridge, ledger.table = name, name
    before = FORWARDING.read_text(encoding="utf-8").strip()
    ledger.forwarding = before if before == "0" else ""
    ledger.save()
    prefix = IPv4Network(ledger.network).prefixlen
    _run("ip", "link", "add", name, "type", "bridge")
    _run("ip", "address", "add", f"{gateway(ledger.network)}/{prefix}", "dev", name)
    _run("ip", "link", "set", name, "up")
    FORWARDING.write_text("1", encoding="utf-8")
    rules = (
        f"table ip {name} {{ chain out {{ type nat hook postrouting priority 100; "
        f'ip saddr {ledger.network} oifname != "{name}" masquerade; }}; }}'
    )
    _run("nft", "-f", "-", stdin=rules)


def _run(*command: str, stdin: str | None = None) -> None:
    done = processes.run(command, timeout=SECONDS, stdin=stdin)
    if not done.ok:
        raise StepError(f"{' '.join(command)} failed: {done.err.strip()}", hint="rackwright doctor")
