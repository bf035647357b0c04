"""The printer: plan values and nodes as Python."""

from __future__ import annotations

import ast

from rackwright.emit.format import formatted
from rackwright.emit.program import program_files
from rackwright.plan import (
    ROW,
    Column,
    Concat,
    ConfigSecret,
    Each,
    Export,
    Invoke,
    Json,
    Lit,
    Named,
    Numbered,
    Options,
    Plan,
    Provider,
    Ref,
    Repeat,
    Resource,
    Section,
    StackOut,
    StackReference,
    Timeouts,
    Value,
    args,
    out,
    text,
    value,
)

OURS = Options(provider="provider")
PROVIDER = Provider("provider", "aws", Lit("aws"), args(region="us-east-1"), "network", ("sites", "a"))
VPC = Resource("vpc", "aws:ec2/vpc:Vpc", Lit("vpc"), args(cidr_block="10.0.0.0/16"), "network", (), OURS)
ZONES = Named(("a", "b"))


def subnets(*more: Resource) -> Repeat:
    """Return two subnets as a Repeat, with more resources in each row."""
    inputs = args(vpc_id=out("vpc"), cidr_block=Column("cidr"))
    subnet = Resource("subnets", "aws:ec2/subnet:Subnet", text("private-", ROW), inputs, "network", (), OURS)
    table = (("cidr", (Lit("10.0.0.0/24"), Lit("10.0.1.0/24"))),)
    return Repeat("zones", "zone", ZONES, table, (subnet, *more), "network", ())


def module(*nodes: Resource | Repeat | Invoke | StackReference, exports: tuple[Export, ...] = ()) -> str:
    """Return the formatted network module of a plan that holds `nodes`."""
    sections = (Section("network", "Network", ("sites", "a")), Section("nodes", "Nodes", ("sites", "a")))
    plan = Plan("a.b", "a", "aws", "us-east-1", "1", "site", sections, (PROVIDER, *nodes), exports)
    return formatted(program_files(plan, lambda _: "blueprint.yaml:3", "stacks/a/blueprint.yaml"))["network.py"]


def printed(one: Value) -> str:
    """Return how `one` is printed as an argument."""
    holder = Resource("holder", "aws:ec2/eip:Eip", Lit("holder"), (("x", one),), "network", (), OURS)
    tree = ast.parse(module(VPC, subnets(), StackReference("site", "a.b", "network", ()), holder))
    call = next(n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "aws.ec2.Eip")
    return ast.unparse(next(keyword.value for keyword in call.keywords if keyword.arg == "x"))


def test_scalars_lists_and_maps_print_as_literals() -> None:
    """Text is quoted whatever it holds; nesting is kept."""
    plain = value({"a": [1, True, None, 'quo"te'], "b": {"c": 0.5}})

    assert ast.literal_eval(printed(plain)) == {"a": [1, True, None, 'quo"te'], "b": {"c": 0.5}}


def test_outputs_print_as_attributes_and_items() -> None:
    """An output is an attribute of its resource; a row of a repeated one is an item."""
    assert printed(out("vpc")) == "vpc.id"
    assert printed(out("vpc", "tags", 0, "key")) == "vpc.tags[0].key"
    assert printed(out("subnets", row="a")) == "subnets['a'].id"
    assert printed(StackOut("site", ("ids", "a"))) == "site.require_output('ids')['a']"
    assert printed(ConfigSecret("token")) == "pulumi.Config().require_secret('token')"


def test_all_rows_print_as_a_comprehension() -> None:
    """Each is a dict by row key, or a list."""
    assert printed(Each("subnets", ("id",))) == "{key: each.id for key, each in subnets.items()}"
    assert printed(Each("subnets", ("id",), keyed=False)) == "[each.id for each in subnets.values()]"


def test_text_is_joined_where_it_is_known() -> None:
    """Known parts melt; outputs make it an Output.concat; JSON follows the same split."""
    arn = Concat((Lit("arn:"), out("vpc", "arn"), Lit("/*")))

    assert printed(arn) == "pulumi.Output.concat('arn:', vpc.arn, '/*')"
    assert printed(Json(value({"a": 1}))) == "json.dumps({'a': 1})"
    assert printed(Json(value({"a": out("vpc")}))) == "pulumi.Output.json_dumps({'a': vpc.id})"


def test_alike_nodes_are_one_loop_and_only_what_is_referred_to_has_a_name() -> None:
    """Referred to from outside: a dict. Inside alone: a variable. Not at all: no name."""
    eip = Resource("address", "aws:ec2/eip:Eip", text("nat-", ROW), args(domain="vpc"), "network", (), OURS)
    inputs = args(allocation_id=out("address"), subnet_id=out("subnets"))
    nat = Resource("nat", "aws:ec2/natGateway:NatGateway", text("nat-", ROW), inputs, "network", (), OURS)

    assert module(VPC, subnets(eip, nat), exports=(Export("ids", Each("subnets", ("id",))),)).endswith(
        """ZONES = {
    "a": {"cidr": "10.0.0.0/24"},
    "b": {"cidr": "10.0.1.0/24"},
}
subnets: dict[str, aws.ec2.Subnet] = {}
for zone, row in ZONES.items():
    subnets[zone] = aws.ec2.Subnet(
        f"private-{zone}",
        vpc_id=vpc.id,
        cidr_block=row["cidr"],
        opts=pulumi.ResourceOptions(provider=provider),
    )

    address = aws.ec2.Eip(
        f"nat-{zone}",
        domain="vpc",
        opts=pulumi.ResourceOptions(provider=provider),
    )

    aws.ec2.NatGateway(
        f"nat-{zone}",
        allocation_id=address.id,
        subnet_id=subnets[zone].id,
        opts=pulumi.ResourceOptions(provider=provider),
    )
"""
    )


def test_every_option_is_printed() -> None:
    """Options are as much part of the program as inputs."""
    options = Options(
        "provider",
        (Ref("vpc"), Ref("subnets")),
        protect=True,
        retain_on_delete=True,
        ignore_changes=("ami",),
        aliases=(Lit("old"),),
        timeouts=Timeouts(create="30m"),
    )
    eip = Resource("address", "aws:ec2/eip:Eip", Lit("nat"), args(domain="vpc"), "network", (), options)

    assert (
        "provider=provider,\n        depends_on=[vpc, *subnets.values()],\n        protect=True,\n"
        '        retain_on_delete=True,\n        ignore_changes=["ami"],\n        aliases=[pulumi.Alias(name="old")],\n'
        '        custom_timeouts=pulumi.CustomTimeouts(create="30m"),'
    ) in module(VPC, subnets(), eip)


def test_a_larger_cluster_differs_in_one_number() -> None:
    """The program of 16 nodes and of 1,024 nodes is the same text but for the count."""
    texts = []
    for count in (16, 1024):
        body = (Resource("node", "aws:ec2/instance:Instance", ROW, args(ami="ami-1"), "network", (), OURS),)
        texts.append(module(Repeat("nodes", "node", Numbered("n-", count), (), body, "network", ())))

    assert texts[0].replace("range(16)", "range(1024)") == texts[1]
