"""Services of Google Cloud: what stacks call is enabled, first, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Out, Resource, walk

APIS = {
    "compute": "compute", "filestore": "file", "kms": "cloudkms", "lustre": "lustre", "serviceaccount": "iam",
    "projects": "cloudresourcemanager", "servicenetworking": "servicenetworking", "storage": "storage", "tpu": "tpu",
}  # fmt: skip
"""Module of the SDK -> the interface of Google Cloud behind it."""
EVERYTHING: dict[str, Any] = {
    "storage": {
        "data": {"kind": "object"},
        "home": {"kind": "file", "size": "1TiB"},
        "scratch": {"kind": "parallel", "size": "36000GiB"},
    },
    "security": {"audit": "data-access"},
    "clusters": {
        "train": {"machine": "a3-megagpu-8g", "nodes": 2},
        "many": {"machine": "g2-standard-4", "nodes": 2, "provision": "group"},
        "serve": {"accelerator": "v6e-16"},
    },
}


@pytest.mark.parametrize("more", [{}, {"access": {"kind": "direct", "allow_from": ["10.0.0.0/8"]}}])
def test_what_stacks_call_is_enabled_and_nothing_else(more: Any) -> None:
    """Every module of the SDK that a site or its clusters use has its interface enabled; TPUs only where there are."""
    plans = site_plans("gcp", **EVERYTHING, **more)
    enabled = {one.name for one in asked(plans[0], "projects/service:Service")}
    used = {APIS[one.kind.split(":")[1].split("/")[0]] for plan in plans for one in asked(plan)}

    assert used <= enabled
    assert enabled - used == {"logging", "monitoring", "oslogin", *(() if more else ("iap",))}
    assert "tpu" not in {one.name for one in asked(site_plans("gcp")[0], "projects/service:Service")}


@pytest.mark.parametrize("keys", [{}, {"existing": "projects/p/locations/us-central1/keyRings/r/cryptoKeys/k"}])
def test_nothing_is_made_before_its_interface_is_enabled(keys: Any) -> None:
    """Whatever a site makes refers, through others or by itself, to the services that are enabled."""
    site = site_plans("gcp", **EVERYTHING, keys=keys)[0]
    made = {node.key: node for node, _ in site.singles() if isinstance(node, Resource)}
    after = {
        key: {ref.node for ref in node.options.depends_on}
        | {each.node for _, one in node.inputs for each in walk(one) if isinstance(each, Out)}
        for key, node in made.items()
    }

    def waits(key: str) -> bool:
        return "enabled" in after.get(key, ()) or any(waits(one) for one in after.get(key, ()) if one in made)

    assert {key for key in made if not waits(key)} == {"enabled"}


def test_who_reads_data_is_recorded_where_asked() -> None:
    """Data access audit logs of buckets and keys, which stay on when the stack goes."""
    (site,) = site_plans("gcp", security={"audit": "data-access"})
    recorded = asked(site, "IAMAuditConfig")

    assert [one.name for one in recorded] == ["cloudkms", "storage"]
    kinds = {kind["log_type"] for one in recorded for kind in one.inputs["audit_log_configs"]}
    assert kinds == {"DATA_READ", "DATA_WRITE"}
    assert all(one.options.retain_on_delete for one in recorded)
    assert asked(site_plans("gcp")[0], "IAMAuditConfig") == []
