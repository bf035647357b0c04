"""Renames that a blueprint declares: aliases for what has a new name, the old value where a new one would replace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, ParallelStorage
from rackwright.catalog.replaces import MOVING, replaces
from rackwright.plan import (
    KEY,
    Column,
    Concat,
    Each,
    Json,
    List,
    Lit,
    Map,
    Named,
    Out,
    Repeat,
    Resource,
    Span,
    StackOut,
    row_keys,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rackwright.blueprint import Blueprint, Link, Site, Storage
    from rackwright.plan import Node, Plan, Value

WAS = "was"
"""The column that holds the key that a row had before."""


def named_before(blueprint: Blueprint) -> Blueprint:
    """Return a blueprint in which everything has the name that it had before."""
    sites = {site.renamed_from or name: _site_before(site) for name, site in blueprint.sites.items()}
    links = {link.renamed_from or name: _link_before(link, blueprint) for name, link in blueprint.links.items()}
    named = {"name": blueprint.renamed_from or blueprint.name, "sites": sites, "links": links}
    return blueprint.model_copy(update=named)


def _link_before(link: Link, blueprint: Blueprint) -> Link:
    names = {name: site.renamed_from or name for name, site in blueprint.sites.items()}
    ports = {names[site]: ports for site, ports in link.ports.items()}
    roles = {names[site]: role for site, role in link.roles.items()}
    between = tuple(names[site] for site in link.between)
    return link.model_copy(update={"between": between, "ports": ports, "roles": roles})


def _site_before(site: Site) -> Site:
    names = {name: _name_before(volume) or name for name, volume in site.storage.items()}
    storage = {names[name]: _volume_before(volume, names) for name, volume in site.storage.items()}
    clusters = {
        one.renamed_from or name: one.model_copy(
            update={"mounts": {path: names.get(volume, volume) for path, volume in one.mounts.items()}}
        )
        for name, one in site.clusters.items()
    }
    return site.model_copy(update={"storage": storage, "clusters": clusters})


def _name_before(volume: Storage) -> str | None:
    return None if isinstance(volume, BlockStorage) else volume.renamed_from


def _volume_before(volume: Storage, names: Mapping[str, str]) -> Storage:
    if not isinstance(volume, ParallelStorage):
        return volume
    linked = names.get(volume.linked_to, volume.linked_to) if volume.linked_to else None
    links = {names.get(name, name): path for name, path in volume.links.items()}
    return volume.model_copy(update={"linked_to": linked, "links": links})


def carried(new: Plan, old: Plan) -> Plan:
    """Return a plan that takes over what stands as `old` says: the same stack planned with the names of before."""
    pairs = zip(new.singles(), old.singles(), strict=True)
    keys = {before.key: now.key for (now, _), (before, _) in pairs}
    nodes = tuple(_node(now, before, keys) for now, before in zip(new.nodes, old.nodes, strict=True))
    return replace(new, nodes=nodes, renamed_from=old.stack if old.stack != new.stack else "")


def _node(now: Node, before: Node, keys: Mapping[str, str]) -> Node:
    match now, before:
        case Repeat(), Repeat():
            return _repeat(now, before, keys)
        case Resource(), Resource():
            return _resource(now, before, keys, KEY)
        case _:
            return now


def _repeat(now: Repeat, before: Repeat, keys: Mapping[str, str]) -> Repeat:
    """Return the rows with what they were called, where that differs."""
    were = row_keys(before.over)
    column = KEY if were == row_keys(now.over) else WAS
    body = tuple(
        _resource(one, other, keys, column) if isinstance(one, Resource) and isinstance(other, Resource) else one
        for one, other in zip(now.body, before.body, strict=True)
    )
    if column == KEY:
        return replace(now, body=body)
    table = (*now.table, (WAS, tuple(map(Lit, were))))
    return replace(now, over=Named(row_keys(now.over)), table=table, body=body)


def _resource(now: Resource, before: Resource, keys: Mapping[str, str], column: str) -> Resource:
    name = _moved(before.name, keys, column)
    old = {key: _moved(value, keys, column) for key, value in before.inputs}
    inputs = tuple((key, _kept(now.type, (key,), value, old[key])) for key, value in now.inputs)
    aliases = () if name == now.name else (name,)
    return replace(now, inputs=inputs, options=replace(now.options, aliases=aliases))


def _moved(value: Value, keys: Mapping[str, str], column: str) -> Value:
    """Return a value of the old plan in terms of the new one: its nodes, and the column of the old row's key."""
    match value:
        case Column(name) if name == KEY:
            return Column(column)
        case Out(node, path, row):
            return Out(keys[node], path, row)
        case Each(node, path, keyed):
            return Each(keys[node], path, keyed)
        case List(items):
            return List(tuple(_moved(item, keys, column) for item in items))
        case Map(items):
            return Map(tuple((key, _moved(item, keys, column)) for key, item in items))
        case Concat(parts):
            return Concat(tuple(_moved(part, keys, column) for part in parts))
        case Json(inner):
            return Json(_moved(inner, keys, column))
        case Span():
            item = _moved(value.item, keys, column)
            return replace(value, item=item) if isinstance(item, Map) else value
        case _:
            return value


def _kept(kind: str, path: Sequence[str], new: Value, old: Value) -> Value:
    """Return `new`, but for parts whose change replaces the resource, or may, or moves what refers to it."""
    match new, old:
        case List(items), List(others) if len(items) == len(others):
            return List(tuple(_kept(kind, path, one, other) for one, other in zip(items, others, strict=True)))
        case Map(items), Map(others) if [key for key, _ in items] == [key for key, _ in others]:
            pairs = zip(items, others, strict=True)
            return Map(tuple((key, _kept(kind, (*path, key), one, other)) for (key, one), (_, other) in pairs))
        case Concat(parts), Concat(others) if len(parts) == len(others):
            return Concat(tuple(_kept(kind, path, one, other) for one, other in zip(parts, others, strict=True)))
        case Json(inner), Json(other):
            return Json(_kept(kind, path, inner, other))
        case StackOut(), StackOut():
            return new
        case _:
            return new if kind not in MOVING and replaces(kind, path) == "no" else old
