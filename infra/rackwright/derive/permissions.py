"""What a deployment of plans may do and nothing else: permissions by type, narrowed to what the plans name."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from rackwright.catalog.permissions import permissions as needed
from rackwright.diagnostics import StepError
from rackwright.plan import Concat, Invoke, Lit, Out, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rackwright.catalog.permissions import Permission
    from rackwright.plan import Plan, Value

ANYTHING = "*"
REGION = "aws:RequestedRegion"
BOUNDED = frozenset(
    f"iam:{verb}Role{what}"
    for verb, what in (
        ("Attach", "Policy"),
        ("Create", ""),
        ("Delete", ""),
        ("Delete", "Policy"),
        ("Detach", "Policy"),
        ("Put", "PermissionsBoundary"),
        ("Put", "Policy"),
        ("Update", ""),
        ("Update", "Description"),
    )
) | {"iam:UpdateAssumeRolePolicy"}
"""What changes a role and can be kept to those that have a permissions boundary; the services' own have none."""
ROLES = "aws:iam/role"
BOUNDARY = "permissions_boundary"
GLOBAL = {"aws:route53": "us-east-1"}
"""Services that answer in one region for all (AWS General Reference, Route 53 endpoints)."""


@dataclass(frozen=True, order=True, slots=True)
class Grant:
    """One permission; on AWS also where it holds (an ARN with wildcards) and under which condition, key and value.

    `boundary`: it holds only for roles that have this permissions boundary.
    """

    action: str
    resource: str = ANYTHING
    key: str = ""
    value: str = ""
    boundary: str = ""


def grants(plans: Iterable[Plan], *, reading: bool = False) -> tuple[Grant, ...]:
    """Return what deploying and destroying plans of one cloud needs; `reading`: what a preview with refresh needs.

    Raises StepError for a type that nobody has said the permissions of.
    """
    return tuple(sorted({one for plan in plans for one in _of_plan(plan, reading=reading)}))


def _of_plan(plan: Plan, *, reading: bool) -> Iterator[Grant]:
    nodes = {node.key: node for node, _ in plan.singles() if isinstance(node, (Resource, Invoke))}
    for node in nodes.values():
        rows = needed(node.type)
        if not rows:
            raise StepError(f"{node.key} of {plan.stack}: nobody has said which permissions {node.type} needs")
        for row in (one for one in rows if not one.when or _is_given(node, one.when)):
            yield from _of_row(plan, nodes, node, row, reading=reading)


def _of_row(
    plan: Plan, nodes: dict[str, Resource | Invoke], node: Resource | Invoke, row: Permission, *, reading: bool
) -> Iterator[Grant]:
    actions = row.read if reading else (*row.create, *row.read, *row.update, *row.delete)
    if plan.cloud != "aws":
        yield from map(Grant, actions)
        return
    names = {"account": plan.identity, "region": plan.region}
    resource = _filled(row.resource, names, nodes, node) or ANYTHING
    key, _, value = row.condition.partition("=")
    if resource == ANYTHING and not key:
        key, value = REGION, GLOBAL.get(node.type.partition("/")[0], plan.region)
    boundary = _boundary(nodes) if node.type.startswith(ROLES) else ""
    for action in actions:
        limit = boundary if action in BOUNDED else ""
        yield Grant(action, resource, key, _filled(value, names, nodes, node), limit)


def _boundary(nodes: dict[str, Resource | Invoke]) -> str:
    """Return the permissions boundary that every role of a plan has, nothing where they have none."""
    given = (dict(node.inputs).get(BOUNDARY) for node in nodes.values() if node.type.startswith(ROLES))
    return next((str(one.value) for one in given if isinstance(one, Lit) and one.value), "")


def _is_given(node: Resource | Invoke, argument: str) -> bool:
    """Return whether an argument is given, other than as False."""
    return dict(node.inputs).get(argument, Lit(None)) not in {Lit(None), Lit(value=False)}


def _filled(template: str, names: dict[str, str], nodes: dict[str, Resource | Invoke], node: Resource | Invoke) -> str:
    """Return a template with its {arguments} replaced: by their text, by names as Pulumi gives them, by wildcards."""
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    return template.format(**names, **{one: _argument(nodes, node, one) for one in wanted - names.keys()})


def _argument(nodes: dict[str, Resource | Invoke], node: Resource | Invoke, name: str) -> str:
    given = dict(node.inputs).get(name)
    if given is None:
        return _own_name(nodes, node)
    return _pattern(given, nodes).rpartition("://")[2]


def _own_name(nodes: dict[str, Resource | Invoke], node: Resource | Invoke) -> str:
    """Return the name of a resource: the one it is given, else its logical one and what Pulumi adds."""
    given = next((one for name, one in node.inputs if name in {"name", "bucket"}), None)
    if given is not None:
        return _pattern(given, nodes)
    return f"{_pattern(node.name, nodes)}-*" if isinstance(node, Resource) else ANYTHING


def _pattern(value: Value, nodes: dict[str, Resource | Invoke]) -> str:
    """Return a text with a wildcard for all that is not known while planning."""
    match value:
        case Lit(scalar):
            return str(scalar)
        case Concat(parts):
            return "".join(_pattern(part, nodes) for part in parts)
        case Out(node, _) if node in nodes:
            return _own_name(nodes, nodes[node])
        case _:
            return ANYTHING
