"""Security groups as a plan has them: ports a file system needs, a fabric's traffic to itself, the same rule twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.plan import List, Map, Out, Plan, Repeat, Resource, Span, Value, expand, walk
from rackwright.rules.inputs import at, resources
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.plan import Node

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem"
LUSTRE_PORTS = frozenset({988, *range(1018, 1024)})
EVERYTHING = "-1"


class LustrePorts(Rule[Plan]):
    """A Lustre file system whose group keeps its clients out."""

    problem = Problem(
        "PLAN-E121",
        Severity.ERROR,
        "Lustre's ports are closed",
        "Clients and servers of Lustre meet on TCP 988 and 1018 to 1023. Where the group of a file system does not "
        "admit them all, its creation is refused, or mounts hang.",
        "scratch: {kind: parallel, size: 4800GiB}",
        ("https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every Lustre file system whose groups are of its stack."""
        for resource, _ in resources(subject):
            groups = _groups(dict(resource.inputs).get("security_group_ids")) if resource.type == LUSTRE else set()
            admitted = [rule for rule in _rules(subject, INGRESS) if _group(rule) in groups] if groups else []
            closed = LUSTRE_PORTS - {port for rule in admitted for port in _ports(rule)}
            if groups and closed:
                message = f"{resource.key}: its security group does not admit TCP {', '.join(map(str, sorted(closed)))}"
                yield self.problem.at(resource.origin, message)


class FabricApart(Rule[Plan]):
    """EFA interfaces whose group does not admit itself."""

    problem = Problem(
        "PLAN-E122",
        Severity.ERROR,
        "EFA is cut off by its security group",
        "EFA carries its traffic only where the group of the interfaces admits everything from itself and lets "
        "everything out to itself. Otherwise nodes come up, and collectives hang.",
        "clusters: {train: {machine: p5.48xlarge, nodes: 2}}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every launch template with EFA interfaces."""
        for resource, _ in resources(subject):
            if resource.type != TEMPLATE:
                continue
            for group in sorted(_efa_groups(resource)):
                for kind, way in ((INGRESS, "from"), (EGRESS, "to")):
                    if not any(_within(rule, group) for rule in _rules(subject, kind)):
                        message = f"{resource.key}: group '{group}' of EFA does not admit everything {way} itself"
                        yield self.problem.at(resource.origin, message)


class RuleTwice(Rule[Plan]):
    """Two rules of a group that say the same."""

    problem = Problem(
        "PLAN-E123",
        Severity.ERROR,
        "A security group has the same rule twice",
        "AWS refuses the second of two rules that admit the same traffic from the same source, and the stack stands "
        "half built.",
        "access: {kind: direct, allow_from: [10.0.0.0/16]}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Compare all rules, descriptions aside."""
        for kind in (INGRESS, EGRESS):
            seen: dict[tuple[tuple[str, Value], ...], str] = {}
            for rule in _rules(subject, kind):
                said = tuple((name, value) for name, value in rule.inputs if name not in {"description", "tags"})
                if said in seen:
                    yield self.problem.at(rule.origin, f"{rule.key} says what {seen[said]} says already")
                seen.setdefault(said, rule.key)


def _rules(plan: Plan, kind: str) -> list[Resource]:
    """Return the rules of a plan of one direction, row by row."""
    kept = tuple(node for node in plan.nodes if _holds(node, kind))
    flat = (node for _, node in expand(replace(plan, nodes=kept)))
    return [node for node in flat if isinstance(node, Resource) and node.type == kind]


def _holds(node: Node, kind: str) -> bool:
    body = node.body if isinstance(node, Repeat) else (node,)
    return any(isinstance(one, Resource) and one.type == kind for one in body)


def _group(rule: Resource) -> str:
    return next(iter(_groups(dict(rule.inputs).get("security_group_id"))), "")


def _groups(value: Value | None) -> set[str]:
    """Return the keys of the groups of this stack in a value."""
    return {part.node for part in walk(value) if isinstance(part, Out)} if value is not None else set()


def _ports(rule: Resource) -> range:
    (protocol,), (first,), (last,) = (at(rule, name) for name in ("ip_protocol", "from_port", "to_port"))
    if protocol == EVERYTHING:
        return range(1 << 16)
    known = isinstance(first, int) and isinstance(last, int)
    return range(first, last + 1) if known else range(0)


def _within(rule: Resource, group: str) -> bool:
    """Return whether a rule is about everything between members of one group."""
    source = _groups(dict(rule.inputs).get("referenced_security_group_id"))
    return at(rule, "ip_protocol") == (EVERYTHING,) and _group(rule) == group and source == {group}


def _efa_groups(template: Resource) -> set[str]:
    """Return the groups of this stack that the EFA interfaces of a template carry."""
    interfaces = dict(template.inputs).get("network_interfaces")
    items = interfaces.items if isinstance(interfaces, List) else ()
    maps = [item.item if isinstance(item, Span) else item for item in items]
    given = [dict(one.items) for one in maps if isinstance(one, Map)]
    efa = [one for one in given if _is_efa(one.get("interface_type"))]
    return {name for one in efa for name in _groups(one.get("security_groups"))}


def _is_efa(kind: Value | None) -> bool:
    return str(getattr(kind, "value", "")).startswith("efa")


RULES: tuple[Rule[Plan], ...] = (LustrePorts(), FabricApart(), RuleTwice())
