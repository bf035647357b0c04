"""What holds for the plans of every valid blueprint, on both clouds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.test_generated import RELAXED
from tests.planning.plans import asked, planned, policy, references, site_plans

from rackwright.derive.accounts import by_account
from rackwright.plan import (
    Plan,
    Provider,
    Resource,
    StackOut,
    StackReference,
    expand,
    expand_exports,
    host_names,
    site_outputs,
    walk,
)

MACHINE = {"aws": "p5.48xlarge", "gcp": "a3-megagpu-8g"}


def reads(plan: Plan) -> set[tuple[str, str]]:
    """Return the outputs of other stacks that a plan reads: the key of the reference, the output."""
    values = [value for _, node in expand(plan) if isinstance(node, Resource) for _, value in node.inputs]
    values += [export.value for export in expand_exports(plan)]
    return {(part.stack, str(part.path[0])) for value in values for part in walk(value) if isinstance(part, StackOut)}


@given(blueprints())
@settings(RELAXED, max_examples=40)
def test_clusters_read_their_site_and_sites_read_nobody(data: Data) -> None:
    """Stack references lead from a cluster to its site and from a link to its two; what is read there is exported."""
    plans = {plan.stack: plan for plan in planned(data)}

    for stack, plan in plans.items():
        _, name, *cluster = stack.split(".")
        ends = data.get("links", {}).get(name, {}).get("between", [name] if cluster else [])
        assert references(plan) == [f"{plan.datacenter}.{site}" for site in ends]
        sites = {node.key: node.stack for node, _ in plan.singles() if isinstance(node, StackReference)}
        read = reads(plan) | {("site", name) for one in plan.host_sets for name in site_outputs(one)}
        assert ends or not read
        for key, output in read:
            assert output in {export.name for export in plans[sites[key]].exports}


@given(blueprints())
@settings(RELAXED, max_examples=40)
def test_everything_lands_in_the_account_of_the_blueprint(data: Data) -> None:
    """Each stack lands in the accounts and regions of its sites, and every resource names one of its providers."""
    for plan in planned(data):
        name = plan.stack.split(".")[1]
        ends = data.get("links", {}).get(name, {"between": [name]})["between"]
        places = [(one.get("account", one.get("project")), one["region"]) for one in map(data["sites"].get, ends)]
        providers = [node.key for node, _ in plan.singles() if isinstance(node, Provider)]

        assert [(one.identity, one.region) for one in by_account(plan)] == list(dict.fromkeys(places))
        assert (plan.identity, plan.region) == places[0]
        assert len(ends) > 1 or set(providers) <= {"provider", "billing_provider"}
        assert {one.options.provider for one in asked(plan)} == set(providers)


@given(blueprints())
@settings(RELAXED, max_examples=40)
def test_a_stack_has_the_hosts_of_its_blueprint(data: Data) -> None:
    """A cluster's machines are numbered from zero without those left out, its head is named; a site has none."""
    for plan in planned(data):
        _, site, *cluster = plan.stack.split(".")
        names = [name for one in plan.host_sets for name in host_names(one)]
        cluster_data = data["sites"][site]["clusters"][cluster[0]] if cluster else {}
        nodes: Any = cluster_data.get("nodes", 0)
        count, without = (nodes, []) if isinstance(nodes, int) else (nodes["count"], nodes.get("without", []))

        if "accelerator" not in cluster_data:
            numbered = [f"{cluster[0]}-{number}" for number in range(count) if number not in without]
            head = [] if cluster_data.get("scheduler", "none") == "none" else [f"{cluster[0]}-head"]
            assert names == numbered + head


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_a_thousand_nodes_are_planned_like_sixteen(cloud: str) -> None:
    """A plan grows in rows alone: 1,024 nodes have as many plan nodes, sections and exports as 16."""
    few, many = (
        site_plans(cloud, clusters={"train": {"machine": MACHINE[cloud], "nodes": count}})[1] for count in (16, 1024)
    )

    assert len(few.nodes) == len(many.nodes)
    assert len(few.singles()) == len(many.singles())
    assert [one.name for one in few.exports] == [one.name for one in many.exports]
    assert len(expand(many)) - len(expand(few)) == 1024 - 16


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_leaving_a_node_out_touches_no_other(cloud: str) -> None:
    """The machine given back disappears; all others keep names and inputs, whatever was written how often."""
    whole, without = (
        site_plans(cloud, clusters={"train": {"machine": MACHINE[cloud], "nodes": nodes}})[1]
        for nodes in (8, {"count": 8, "without": [3, 3]})
    )
    before, after = ({one.name: one.inputs for one in asked(plan, "nstance:Instance")} for plan in (whole, without))

    assert set(before) - set(after) == {"train-3"}
    assert after == {name: before[name] for name in after}
    assert without.title.startswith("cluster train, 7 x ")


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_a_further_zone_moves_nothing(cloud: str) -> None:
    """With a zone added behind the others, every resource that was there keeps its name and what is known of it."""
    zones = {"aws": ["us-east-1a", "us-east-1b"], "gcp": ["us-central1-a", "us-central1-b"]}[cloud]
    one, two = (site_plans(cloud, network={"zones": zones[:count], "nat": "per-zone"})[0] for count in (1, 2))
    before, after = ({(each.kind, each.name): each.inputs for each in asked(plan)} for plan in (one, two))
    lists = {"service_endpoint", "routeTableIds", "subnet_ids", "route_table_ids"}

    assert set(before) - set(after) == set()
    for name, inputs in before.items():
        same = {key: value for key, value in inputs.items() if key not in lists}
        assert {key: after[name][key] for key in same} == same


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_stateful_resources_follow_their_deletion_policy(cloud: str) -> None:
    """Protect refuses a destroy, retain leaves the thing in the cloud, delete lets it go with its data."""
    size = {"size": "1TiB"} if cloud == "gcp" else {}
    kinds: dict[str, dict[str, Any]] = {"bucket:Bucket": {"kind": "object"}}
    kinds |= {"fileSystem:FileSystem" if cloud == "aws" else "instance:Instance": {"kind": "file", **size}}
    if cloud == "aws":
        kinds["lustreFileSystem:LustreFileSystem"] = {"kind": "parallel", "size": "1200GiB"}
    for kind, volume in kinds.items():
        for asked_for in ("protect", "retain", "delete"):
            (site,) = site_plans(cloud, storage={"kept": {**volume, "deletion": asked_for}})
            (made,) = asked(site, kind)
            (key,) = asked(site, "kms/key:Key" if cloud == "aws" else "cryptoKey:CryptoKey")

            assert policy(made.options) == asked_for
            assert key.options.protect is (asked_for != "delete")
            assert made.inputs.get("force_destroy", asked_for == "delete") is (asked_for == "delete")
        (by_default,) = site_plans(cloud, storage={"kept": volume})
        assert policy(asked(by_default, kind)[0].options) == "protect"


KEYS = {
    "aws": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-96ef-1234567890ab",
    "gcp": "projects/acme-keys/locations/us-central1/keyRings/ai/cryptoKeys/site",
}


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_a_key_that_stands_already_is_read(cloud: str) -> None:
    """No key, ring or alias is made; what would be encrypted with the site's own is encrypted with it."""
    kept = {"datasets": {"kind": "object"}}
    own, given = (site_plans(cloud, storage=kept, **more)[0] for more in ({}, {"keys": {"existing": KEYS[cloud]}}))
    made = {one.kind for one in asked(own)} - {one.kind for one in asked(given)}

    assert (
        made
        == {
            "aws": {"aws:kms/key:Key", "aws:kms/alias:Alias"},
            "gcp": {"gcp:kms/keyRing:KeyRing", "gcp:kms/cryptoKey:CryptoKey"},
        }[cloud]
    )
    assert [one.name for one in given.exports] == [one.name for one in own.exports]
