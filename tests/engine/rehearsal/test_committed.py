"""Every committed datacenter deploys to the rehearsal cloud, and its hosts have addresses."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from rackwright.blueprint.load import load
from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.plan import from_json, host_names

ROOT = Path(__file__).resolve().parents[3]
DATACENTERS = sorted(path.parent for path in (ROOT / "stacks").glob("*/blueprint.yaml"))


@pytest.mark.parametrize("folder", DATACENTERS, ids=lambda path: path.name)
def test_a_datacenter_deploys_with_an_address_for_every_host(folder: Path) -> None:
    """Sites first, then clusters; each planned host is exported once, inside its site's block."""
    blueprint = load(folder / "blueprint.yaml").blueprint
    stacks = sorted(path.parent.name for path in folder.glob("*/plan.json"))
    cloud = RehearsalCloud("111122223333", "us-east-1")
    exports: dict[str, dict[str, object]] = {}
    for stack in stacks:
        plan = from_json((folder / stack / "plan.json").read_text(encoding="utf-8"))
        done = up(Program(ROOT / "infra", "acme", stack, plan.cloud, root=ROOT), cloud, stacks=exports)
        exports[f"organization/acme/{stack}"] = done.state.exports
        hosts = done.state.exports.get("hosts", {})
        block = ip_network(blueprint.sites[stack.split(".")[1]].network.cidr)

        assert sorted(hosts) == sorted(name for one in plan.host_sets for name in host_names(one))
        assert all(ip_address(address) in block for address in hosts.values())
