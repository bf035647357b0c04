"""A machine's network interfaces as its launch template lists them, alike EFA cards as one span."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rackwright.blueprint import ParallelStorage
from rackwright.catalog import machine
from rackwright.plan import Column, List, Span, StackOut, Value, out, value
from rackwright.plan.values import Map

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.catalog import Interface
    from rackwright.plan import Plain
    from rackwright.planning.aws.context import AwsStack

ITEM = "aws:ec2:LaunchTemplateNetworkInterface"
FEW = 2
"""Up to this many alike interfaces are written one by one."""


def network_interfaces(here: AwsStack, cluster: MachineCluster, zone: str | None) -> Value:
    """Return the interfaces of one node: the catalog's layout, or one plain interface; without a zone, in no subnet."""
    found = machine(here.site.cloud, cluster.machine)
    layout = (found.fabric.interfaces if found and found.fabric else None) or ()
    if not layout:
        return List((value({**_interface(zone, 0, 0, None, mounts=True), "associate_public_ip_address": "false"}),))
    items: list[Value] = []
    over_fabric = _mounts_over_fabric(here, cluster)
    for (device, kind, primary), alike in groupby(layout, key=_alikeness):
        cards = [interface.card for interface in alike]
        items += _alike(zone, cards, device, kind, mounts=primary or over_fabric)
    return List(tuple(items))


def _mounts_over_fabric(here: AwsStack, cluster: MachineCluster) -> bool:
    """Return whether the nodes mount a file system that is served over EFA: each EFA interface is a client then."""
    volumes = (here.site.storage[name] for name in cluster.mounts.values())
    return any(isinstance(one, ParallelStorage) and one.efa for one in volumes)


def _alikeness(interface: Interface) -> tuple[int, str, bool]:
    return interface.device, interface.kind, interface.card == 0 and interface.device == 0


def _alike(zone: str | None, cards: list[int], device: int, kind: str, *, mounts: bool) -> list[Value]:
    """Return interfaces that differ in their card alone; consecutive cards become a span."""
    consecutive = cards == list(range(cards[0], cards[-1] + 1))
    if len(cards) > FEW and consecutive:
        item = value(_interface(zone, Column("card"), device, kind, mounts=mounts))
        if isinstance(item, Map):
            return [Span(ITEM, "card", cards[0], cards[-1] + 1, item)]
    return [value(_interface(zone, card, device, kind, mounts=mounts)) for card in cards]


def _interface(zone: str | None, card: Plain, device: int, kind: str | None, *, mounts: bool) -> dict[str, Plain]:
    groups: list[Plain] = [out("node_group")]
    if mounts:
        groups.append(StackOut("site", ("storage_clients_security_group_id",)))
    return {
        "network_card_index": card,
        "device_index": device,
        **({"interface_type": kind} if kind else {}),
        **({"subnet_id": StackOut("site", ("private_subnet_ids", zone))} if zone else {}),
        "security_groups": groups,
        "delete_on_termination": "true",
    }
