"""Nodes: 2 x a3-megagpu-8g in us-central1-c, 1 + 8 network interfaces (blueprint.yaml:20)."""

import pulumi
import pulumi_gcp as gcp

import access
import account
import fabric
import site_stack

# The alias is resolved when the stack is created and exported; running nodes keep what they have.
image = gcp.compute.get_image_output(
    family="ubuntu-2404-lts-amd64",
    project="ubuntu-os-cloud",
    opts=pulumi.InvokeOptions(provider=account.provider),
)

NODES = [f"mega-{number}" for number in range(2)]
instances: dict[str, gcp.compute.Instance] = {}
for node in NODES:
    instances[node] = gcp.compute.Instance(
        node,
        name=f"borealis-usc1-{node}",
        zone="us-central1-c",
        machine_type="a3-megagpu-8g",
        boot_disk={
            "initialize_params": {
                "image": image.self_link,
                "size": 500,
                "type": "pd-balanced",
                "labels": {
                    "rackwright-datacenter": "borealis",
                    "rackwright-site": "usc1",
                    "rackwright-cluster": "mega",
                    "rackwright-environment": "prod",
                    "rackwright-team": "ml-platform",
                    "rackwright-cost-center": "4711",
                },
            },
            "kms_key_self_link": site_stack.site.require_output("key_id"),
            "auto_delete": True,
        },
        network_interfaces=[
            {"subnetwork": site_stack.site.require_output("subnetwork_id"), "nic_type": "GVNIC"},
            *[
                gcp.compute.InstanceNetworkInterfaceArgs(
                    subnetwork=fabric.data_subnets[f"data-{nic}"].id, nic_type="GVNIC"
                )
                for nic in range(1, 9)
            ],
        ],
        service_account={
            "email": access.node_account.email,
            "scopes": ["https://www.googleapis.com/auth/cloud-platform"],
        },
        shielded_instance_config={
            "enable_secure_boot": False,
            "enable_vtpm": True,
            "enable_integrity_monitoring": True,
        },
        scheduling={"on_host_maintenance": "TERMINATE", "automatic_restart": True},
        reservation_affinity={
            "type": "SPECIFIC_RESERVATION",
            "specific_reservation": {
                "key": "compute.googleapis.com/reservation-name",
                "values": ["mega-2026"],
            },
        },
        metadata={
            "enable-oslogin": "TRUE",
            "block-project-ssh-keys": "TRUE",
            "enable-guest-attributes": "TRUE",
        },
        opts=pulumi.ResourceOptions(
            provider=account.provider,
            ignore_changes=["bootDisk.initializeParams.image"],
            custom_timeouts=pulumi.CustomTimeouts(create="30m", delete="30m"),
        ),
    )
