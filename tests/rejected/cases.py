"""Rejected blueprints and what a reader sees for each; and findings that no blueprint can cause."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.blueprint.load import Loaded, load
from rackwright.blueprint.lock import load_lock
from rackwright.blueprint.migration.steps import Rename, stepped
from rackwright.diagnostics import FindingsError, Severity, errors
from rackwright.plan import Concat, Json, Lit, Options, Out, Plan, Provider, Resource, Section, args, value
from rackwright.planning import plan_datacenter
from rackwright.reports.findings import render_text
from rackwright.rules import (
    check_blueprint,
    check_cost,
    check_folder,
    check_lock,
    check_outcome,
    check_plans,
    weigh,
)
from rackwright.rules.network import InvalidBlock
from rackwright.rules.runner import run
from rackwright.workflows.overrides import check_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint
    from rackwright.diagnostics import Finding
    from rackwright.plan import Value

HERE = Path(__file__).parent
ORIGIN = ("sites", "use1")
TODAY = date(2026, 11, 1)
"""The day on which rejected blueprints are judged."""
DAYS = {"MACH-E141-jammy": date(2027, 5, 1), "MACH-W142-jammy": date(2027, 2, 1)}
"""Those that are judged on another day."""
OF_PLANS = {"NAME-E104", "NAME-E105", "PLAN-E128", "PLAN-W129"}
"""What is found in the plans of a blueprint."""
LONG = "a-cluster-with-a-long-name"


def names() -> list[str]:
    """Return the names of all cases: CODE-slug."""
    files = [path.stem for suffix in ("yaml", "txt") for path in HERE.glob(f"*.{suffix}")]
    return sorted({*files, *BUILT})


def code_of(name: str) -> str:
    """Return the code that a case is about."""
    return "-".join(name.split("-")[:2])


def findings(name: str) -> tuple[Finding, ...]:
    """Return what is found for a case."""
    if name in BUILT:
        return BUILT[name]
    try:
        loaded = load(HERE / f"{name}.yaml")
    except FindingsError as refused:
        return refused.findings
    today = DAYS.get(name, TODAY)
    found = (*loaded.findings, *check_blueprint(loaded.blueprint, today))
    limited = loaded.blueprint.budget or loaded.blueprint.power
    if (limited or code_of(name).startswith("OVER-")) and not errors(found):
        plans = plan_datacenter(loaded.blueprint)
        found += check_cost(loaded.blueprint, plans)
        found += () if errors(found) else check_arguments(plans)
    if code_of(name) in OF_PLANS:
        found += check_plans(plan_datacenter(loaded.blueprint))
    found = weigh(loaded.blueprint, found, today)
    if code_of(name).startswith("LOCK-"):
        return _of_images(loaded, HERE / f"{name}.lock")
    past = () if errors(found) else check_outcome(loaded.blueprint, found, today)
    return loaded.located(found + past)


def _of_images(loaded: Loaded, path: Path) -> tuple[Finding, ...]:
    """Return what is found of a blueprint's images with the lock beside it, if there is one."""
    lock = load_lock(path)
    in_blueprint, in_lock = check_lock(loaded.blueprint, lock.lock)
    return loaded.located(in_blueprint) + (lock.places.located(in_lock) if lock.places else ())


def output(name: str) -> str:
    """Return what a terminal shows for a case, with file names as if checked beside it."""
    return render_text(findings(name)).replace(f"{HERE}/", "")


class _Broken(InvalidBlock):
    def check(self, subject: Blueprint) -> Iterator[Finding]:
        raise LookupError(f"no such row in {subject!r}")


def _plan(
    kind: str, inputs: tuple[tuple[str, Value], ...], provider: str = "provider", key: str = "thing"
) -> tuple[Finding, ...]:
    """Return what is found in a plan of one resource."""
    nodes = (
        Provider("provider", "aws", Lit("aws"), (), "account", ORIGIN),
        Resource(key, kind, Lit("thing"), inputs, "network", ORIGIN, Options(provider)),
    )
    sections = (Section("account", "Account", ORIGIN), Section("network", "Network", ORIGIN))
    plan = Plan("aurora.use1", "aurora", "aws", "us-east-1", "210987654321", "Aurora", sections, nodes, ())
    return check_plans((plan,))


def _plan_of(*given: tuple[str, str, tuple[tuple[str, Value], ...]]) -> tuple[Finding, ...]:
    """Return what is found in a plan of several resources: key, type and inputs of each."""
    nodes = (
        Provider("provider", "aws", Lit("aws"), (), "account", ORIGIN),
        *(Resource(key, kind, Lit(key), inputs, "network", ORIGIN, Options("provider")) for key, kind, inputs in given),
    )
    sections = (Section("account", "Account", ORIGIN), Section("network", "Network", ORIGIN))
    return check_plans((Plan("a.b", "a", "aws", "us-east-1", "210987654321", "A", sections, nodes, ()),))


def _unmigrated() -> tuple[Finding, ...]:
    """Return what is found where two keys would have one name."""
    text = "sites: {use1: {clusters: {train: {machine: p5.48xlarge, type: p5e.48xlarge}}}}\n"
    try:
        stepped("blueprint.yaml", text, Rename(("sites", "*", "clusters", "*"), "machine", "type"), frozenset())
    except FindingsError as refused:
        return refused.findings
    return ()


GROUP = ("group", "aws:ec2/securityGroup:SecurityGroup", ())
ITSELF = args(security_group_id=Out("group", ("id",)), referenced_security_group_id=Out("group", ("id",)))
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
BUILT: dict[str, tuple[Finding, ...]] = {
    "ID-W111-copied": check_folder(load(HERE / "COST-E101-p5.yaml").blueprint, "borealis"),
    "LANG-E018-twice": _unmigrated(),
    "NAME-E101-service-account": _plan(
        "gcp:serviceaccount/account:Account", (("account_id", Concat((Lit("aurora-use1-"), Lit(LONG)))),)
    ),
    "PLAN-E101-ssh-from-everywhere": _plan(INGRESS, (("cidr_ipv4", Lit("0.0.0.0/0")),)),
    "PLAN-E102-public-address": _plan("aws:ec2/instance:Instance", (("associate_public_ip_address", Lit(value=True)),)),
    "PLAN-E103-metadata-v1": _plan(
        TEMPLATE,
        args(metadata_options={"http_tokens": "optional"}, block_device_mappings=[{"ebs": {"encrypted": "true"}}]),
    ),
    "PLAN-E104-clear-text": _plan("aws:efs/fileSystem:FileSystem", ()),
    "PLAN-E105-no-provider": _plan("aws:ec2/internetGateway:InternetGateway", (), provider=""),
    "PLAN-E106-loose-end": _plan("aws:ec2/subnet:Subnet", (("vpc_id", Out("vpc", ("id",))),)),
    "PLAN-E107-taken-name": _plan("aws:s3/bucket:Bucket", (), key="aws"),
    "PLAN-E121-control-port-alone": _plan_of(
        GROUP,
        ("inward", INGRESS, (*ITSELF, *args(ip_protocol="tcp", from_port=988, to_port=988))),
        ("scratch", "aws:fsx/lustreFileSystem:LustreFileSystem", args(security_group_ids=[Out("group", ("id",))])),
    ),
    "PLAN-E122-one-way": _plan_of(
        GROUP,
        ("inward", INGRESS, (*ITSELF, *args(ip_protocol="-1"))),
        (
            "template",
            TEMPLATE,
            args(
                metadata_options={"http_tokens": "required"},
                block_device_mappings=[{"ebs": {"encrypted": "true"}}],
                network_interfaces=[{"interface_type": "efa", "security_groups": [Out("group", ("id",))]}],
            ),
        ),
    ),
    "PLAN-E123-twice": _plan_of(
        GROUP,
        ("first", INGRESS, (*ITSELF, *args(ip_protocol="-1"))),
        ("again", INGRESS, (*ITSELF, *args(ip_protocol="-1", description="the same"))),
    ),
    "PLAN-E124-many-buckets": _plan_of(
        ("nodes", "aws:iam/role:Role", args(assume_role_policy="{}")),
        *(
            (
                f"nodes_storage_{half}",
                "aws:iam/rolePolicy:RolePolicy",
                args(role=Out("nodes", ("id",)), policy=Json(value({"Resource": [Out("nodes", ("arn",))] * 300}))),
            )
            for half in ("first", "second")
        ),
    ),
    "PLAN-E125-script": _plan("aws:ec2/instance:Instance", args(user_data="x" * 16_385)),
    "PLAN-E126-names-off": _plan("aws:ec2/vpc:Vpc", args(enable_dns_support=True, enable_dns_hostnames=False)),
    "PLAN-E127-script": _plan(
        TEMPLATE,
        args(
            user_data="#!/bin/bash\n",
            metadata_options={"http_tokens": "required"},
            block_device_mappings=[{"ebs": {"encrypted": "true"}}],
        ),
    ),
    "RULE-E001-crash": run((_Broken(),), ("a blueprint",)),  # type: ignore[arg-type] - any subject will do
}


def severities(name: str) -> set[Severity]:
    """Return the severities found for a case."""
    return {finding.severity for finding in findings(name)}
