"""What no plan may hold, whatever planned it: doors open to the world, public hosts, clear-text disks, loose ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.plan import (
    Each,
    Invoke,
    Options,
    Out,
    Plan,
    Provider,
    Repeat,
    Resource,
    StackOut,
    StackReference,
    Value,
    walk,
)
from rackwright.rules.inputs import UNKNOWN, Known, at, origin, resources
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.plan.nodes import Node, Single

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
WORLD = frozenset({"0.0.0.0/0", "::/0"})


@dataclass(frozen=True, slots=True)
class Row:
    """An input of a type that must (or must not) be one of some values; an unset input counts as None.

    The path goes through lists: every item counts.
    """

    type: str
    path: str
    values: frozenset[Known]
    must: bool


class InputRule(Rule[Plan]):
    """Rules of one shape: inputs that decide about security, as rows; sections in `aside` are meant to be otherwise."""

    rows: ClassVar[tuple[Row, ...]]
    aside: ClassVar[frozenset[str]] = frozenset()

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every resource of the types in the rows."""
        for resource, _ in resources(subject):
            for row in self.rows:
                if row.type != resource.type or resource.section in self.aside:
                    continue
                for found in (one for one in at(resource, row.path) if _wrong(one, row)):
                    message = f"{resource.key} ({resource.type}): {row.path} is {_shown(found)}"
                    yield self.problem.at(origin(resource, row.path), message, _wanted(row))


class OpenIngress(InputRule):
    """Traffic from everywhere."""

    problem = Problem(
        "PLAN-E101",
        Severity.ERROR,
        "A rule lets the whole internet in",
        "No host of a datacenter is meant to be reached from everywhere; access is through sessions, tunnels or named "
        "networks.",
        "access: {kind: ssm}",
        ("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",),
    )
    rows = (
        Row("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "cidr_ipv4", WORLD, must=False),
        Row("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "cidr_ipv6", WORLD, must=False),
        Row("gcp:compute/firewall:Firewall", "source_ranges", WORLD, must=False),
    )


class PublicAddress(InputRule):
    """Hosts with an address of their own on the internet."""

    problem = Problem(
        "PLAN-E102",
        Severity.ERROR,
        "A host gets a public address",
        "Hosts live in private subnets and leave through NAT; the bastion of a site alone is meant to be reached. A "
        "machine with several network cards cannot have an automatic public address at all.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: single}",
        ("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",),
    )
    aside = frozenset({"bastion"})
    rows = (
        Row("aws:ec2/instance:Instance", "associate_public_ip_address", frozenset({True}), must=False),
        Row(TEMPLATE, "network_interfaces.associate_public_ip_address", frozenset({True, "true"}), must=False),
        Row("gcp:compute/instance:Instance", "network_interfaces.access_configs", frozenset({None}), must=True),
        Row("gcp:tpu/v2Vm:V2Vm", "network_config.enable_external_ips", frozenset({True}), must=False),
    )


class OldMetadata(InputRule):
    """Instance metadata without a session."""

    problem = Problem(
        "PLAN-E103",
        Severity.ERROR,
        "Instance metadata answers without a token",
        "Version 1 of the instance metadata service hands the machine's credentials to any request that reaches it. "
        "Version 2 wants a token.",
        "metadata_options: {http_tokens: required}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",),
    )
    rows = (Row(TEMPLATE, "metadata_options.http_tokens", frozenset({"required"}), must=True),)


class ClearText(InputRule):
    """Storage that is not encrypted."""

    problem = Problem(
        "PLAN-E104",
        Severity.ERROR,
        "Storage is not encrypted",
        "Data at rest is encrypted with the site's key. Google Cloud always encrypts; on AWS each service is asked.",
        "home: {kind: file}",
        ("https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html",),
    )
    rows = (
        Row("aws:efs/fileSystem:FileSystem", "encrypted", frozenset({True}), must=True),
        Row("aws:ebs/volume:Volume", "encrypted", frozenset({True}), must=True),
        Row(TEMPLATE, "block_device_mappings.ebs.encrypted", frozenset({True, "true"}), must=True),
    )


class NoNames(InputRule):
    """A VPC whose hosts find no names."""

    problem = Problem(
        "PLAN-E126",
        Severity.ERROR,
        "A VPC without names",
        "File systems, endpoints and hosts are found by name. A VPC resolves names where it supports DNS, and names "
        "its hosts where it has host names on; interface endpoints and private zones are refused, or of no use, "
        "without both.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a]}",
        (
            "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
            "https://github.com/aws/efs-utils/issues/90",
        ),
    )
    rows = (
        Row("aws:ec2/vpc:Vpc", "enable_dns_support", frozenset({True, None}), must=True),
        Row("aws:ec2/vpc:Vpc", "enable_dns_hostnames", frozenset({True}), must=True),
    )


class NoProvider(Rule[Plan]):
    """A resource that would land wherever the environment points."""

    problem = Problem(
        "PLAN-E105",
        Severity.ERROR,
        "A resource has no explicit provider",
        "The default provider takes account and region from the environment of whoever runs the program. The explicit "
        "one holds the account of the blueprint.",
        'account: "210987654321"',
        ("https://www.pulumi.com/docs/iac/concepts/resources/providers/",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every resource and invoke."""
        providers = {node.key for node, _ in subject.singles() if isinstance(node, Provider)}
        for node, _ in subject.singles():
            if isinstance(node, (Resource, Invoke)) and node.options.provider not in providers:
                yield self.problem.at(node.origin, f"{node.key} ({node.type}) has no explicit provider")


class LooseEnd(Rule[Plan]):
    """A reference to a node that the plan does not have."""

    problem = Problem(
        "PLAN-E106",
        Severity.ERROR,
        "A plan refers to something it does not hold",
        "A resource, an option or an export names a node that is not in its stack. This is a defect of rackwright, "
        "not of the blueprint.",
        "Report the blueprint and the message; an older release may not have the defect.",
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every reference of every node and export."""
        nodes = {node.key for node, _ in subject.singles()} | {node.key for node in subject.nodes}
        for node in subject.nodes:
            for name in sorted(_named(node) - nodes):
                yield self.problem.at(
                    node.origin, f"{node.key} of {subject.stack} refers to '{name}', which is not there"
                )
        for export in subject.exports:
            for name in sorted(_in_value(export.value) - nodes):
                yield self.problem.at(
                    (), f"export {export.name} of {subject.stack} refers to '{name}', which is not there"
                )


def _named(node: Node) -> set[str]:
    """Return the keys of all nodes that a node refers to."""
    if isinstance(node, Repeat):
        cells = {name for _, column in node.table for cell in column for name in _in_value(cell)}
        return cells.union(*(_in_single(inner) for inner in node.body))
    return _in_single(node)


def _in_single(node: Single) -> set[str]:
    if isinstance(node, StackReference):
        return set()
    found = {name for _, value in node.inputs for name in _in_value(value)}
    return found if isinstance(node, Provider) else found | _in_options(node.options)


def _in_options(options: Options) -> set[str]:
    return {ref.node for ref in options.depends_on}


def _in_value(value: Value) -> set[str]:
    found: set[str] = set()
    for inner in walk(value):
        if isinstance(inner, (Out, Each)):
            found.add(inner.node)
        elif isinstance(inner, StackOut):
            found.add(inner.stack)
    return found


def _wrong(found: Known, row: Row) -> bool:
    """Return whether a value breaks a row; what is not known yet does not."""
    return found is not UNKNOWN and any(found == value for value in row.values) is not row.must


def _shown(found: Known) -> str:
    if found is None:
        return "not set"
    return str(found).lower() if isinstance(found, bool) else str(found)


def _wanted(row: Row) -> str:
    values = " or ".join(sorted({_shown(value) for value in row.values}))
    return f"it must be {values}" if row.must else f"it must not be {values}"


RULES: tuple[Rule[Plan], ...] = (
    OpenIngress(),
    PublicAddress(),
    OldMetadata(),
    ClearText(),
    NoNames(),
    NoProvider(),
    LooseEnd(),
)
