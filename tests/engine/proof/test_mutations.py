"""The proof can fail: every way a program may stray from its plan is caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rackwright.emit.format import formatted
from rackwright.emit.program import program_files
from rackwright.engine.proof import prove, prove_dry_run
from rackwright.plan import (
    ROW,
    Column,
    ConfigSecret,
    Each,
    Export,
    Json,
    Lit,
    Named,
    Options,
    Plan,
    Provider,
    Ref,
    Repeat,
    Resource,
    Section,
    Timeouts,
    args,
    out,
    text,
    value,
)
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from pathlib import Path

SECTION = "network"
OURS = Options(provider="provider")


def plan() -> Plan:
    """Return a plan with outputs, rows, options, JSON, a secret and exports."""
    keep = Options(
        "provider", (Ref("subnets"),), protect=True, ignore_changes=("tags",), timeouts=Timeouts(create="5m")
    )
    inputs = args(vpc_id=out("vpc"), availability_zone=ROW, cidr_block=Column("cidr"))
    subnets = Resource("subnets", "aws:ec2/subnet:Subnet", text("private-", ROW), inputs, SECTION, (), OURS)
    table = (("cidr", (Lit("10.0.0.0/24"), Lit("10.0.1.0/24"))),)
    policy = Json(value({"Resource": out("vpc", "arn")}))
    endpoint = args(vpc_id=out("vpc"), service_name="com.amazonaws.us-east-1.s3", policy=policy)
    secret = args(domain="vpc", tags={"token": ConfigSecret("token")})
    return Plan(
        "dc.site",
        "dc",
        "aws",
        "us-east-1",
        "111122223333",
        "site",
        (Section(SECTION, "Network", ()),),
        (
            Provider("provider", "aws", Lit("aws"), args(region="us-east-1"), SECTION, ()),
            Resource("vpc", "aws:ec2/vpc:Vpc", Lit("vpc"), args(cidr_block="10.0.0.0/16"), SECTION, (), OURS),
            Repeat("zones", "zone", Named(("a", "b")), table, (subnets,), SECTION, ()),
            Resource("endpoint", "aws:ec2/vpcEndpoint:VpcEndpoint", Lit("s3"), endpoint, SECTION, (), keep),
            Resource("address", "aws:ec2/eip:Eip", Lit("address"), secret, SECTION, (), OURS),
        ),
        (Export("subnet", out("subnets", row="a")), Export("subnets", Each("subnets", ("id",)))),
    )


MUTATIONS = {
    "another output of the same resource": ('"s3",\n    vpc_id=vpc.id', '"s3",\n    vpc_id=vpc.arn'),
    "protection dropped": ("        protect=True,\n", ""),
    "a dependency dropped": ("        depends_on=[*subnets.values()],\n", ""),
    "ignored changes dropped": ('        ignore_changes=["tags"],\n', ""),
    "another timeout": ('create="5m"', 'create="6m"'),
    "no explicit provider": ("opts=pulumi.ResourceOptions(provider=provider)", "opts=None"),
    "addresses swapped": ('"b": {"cidr": "10.0.1.0/24"}', '"b": {"cidr": "10.0.0.0/24"}'),
    "another name": ('f"private-{zone}"', 'f"internal-{zone}"'),
    "a resource too many": ("vpc = aws.ec2.Vpc(", 'aws.ec2.Eip("extra")\nvpc = aws.ec2.Vpc('),
    "a constant where an output belongs": ('{"Resource": vpc.arn}', '{"Resource": "arn:aws:ec2:::vpc"}'),
    "another row exported": ('network.subnets["a"].id', 'network.subnets["b"].id'),
    "an export missing": ('pulumi.export("subnet", ', "str("),
}


@pytest.fixture(scope="module")
def program() -> dict[str, str]:
    """Return the true program of the plan."""
    return formatted(program_files(plan(), lambda _: "blueprint.yaml:1", "stacks/dc/blueprint.yaml"))


def test_the_true_program_passes_both_proofs(program: dict[str, str], tmp_path: Path) -> None:
    """What emission prints is proved, with sentinels and with true unknowns."""
    write_tree(tmp_path / "program", program)

    assert prove(plan(), tmp_path / "program") == ()
    assert prove_dry_run(plan(), tmp_path / "program") == ()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_caught(mutation: str, program: dict[str, str], tmp_path: Path) -> None:
    """Whatever strays from the plan is a mismatch."""
    before, after = MUTATIONS[mutation]
    mutated = {name: text.replace(before, after) for name, text in program.items()}
    assert mutated != program, "the mutation must change something"
    write_tree(tmp_path / "program", mutated)

    assert prove(plan(), tmp_path / "program") != ()


def test_a_secret_in_clear_is_caught(program: dict[str, str], tmp_path: Path) -> None:
    """A secret that is read as plain configuration is a mismatch in both proofs."""
    mutated = {name: text.replace(".require_secret(", ".require(") for name, text in program.items()}
    write_tree(tmp_path / "program", mutated)

    assert [one.what for one in prove(plan(), tmp_path / "program")] == ["tags"]
    assert [one.what for one in prove_dry_run(plan(), tmp_path / "program")] == ["tags secret"]
