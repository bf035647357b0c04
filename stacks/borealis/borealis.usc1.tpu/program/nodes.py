"""Nodes: 1 x v5litepod-16 in us-central1-a, 4 hosts each (blueprint.yaml:36)."""

import pulumi
import pulumi_gcp as gcp

import access
import account
import site_stack

SLICES = [f"tpu-{number}" for number in range(1)]
slices: dict[str, gcp.tpu.V2Vm] = {}
for slice_name in SLICES:
    slices[slice_name] = gcp.tpu.V2Vm(
        slice_name,
        name=f"borealis-usc1-{slice_name}",
        zone="us-central1-a",
        accelerator_type="v5litepod-16",
        runtime_version="v2-alpha-tpuv5-lite",
        network_config={
            "network": site_stack.site.require_output("network_id"),
            "subnetwork": site_stack.site.require_output("subnetwork_id"),
            "enable_external_ips": False,
        },
        scheduling_config={"spot": False},
        service_account={
            "email": access.node_account.email,
            "scopes": ["https://www.googleapis.com/auth/cloud-platform"],
        },
        shielded_instance_config={"enable_secure_boot": True},
        metadata={"enable-oslogin": "TRUE"},
        opts=pulumi.ResourceOptions(
            provider=account.provider,
            custom_timeouts=pulumi.CustomTimeouts(create="30m", delete="30m"),
        ),
    )
