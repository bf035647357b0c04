"""Nodes: 4 x a3-ultragpu-8g in us-central1-b, 2 + 8 network interfaces (blueprint.yaml:28)."""

import pulumi
import pulumi_gcp as gcp

import access
import account
import fabric
import site_stack

# The alias is resolved when the stack is created and exported; running nodes keep what they have.
image = gcp.compute.get_image_output(
    family="ubuntu-accelerator-2404-amd64-with-nvidia-580",
    project="ubuntu-os-accelerator-images",
    opts=pulumi.InvokeOptions(provider=account.provider),
)

NODES = [f"ultra-{number}" for number in range(4)]
instances: dict[str, gcp.compute.Instance] = {}
for node in NODES:
    instances[node] = gcp.compute.Instance(
        node,
        name=f"borealis-usc1-{node}",
        zone="us-central1-b",
        machine_type="a3-ultragpu-8g",
        boot_disk={
            "initialize_params": {
                "image": image.self_link,
                "size": 500,
                "type": "hyperdisk-balanced",
                "labels": {
                    "rackwright-datacenter": "borealis",
                    "rackwright-site": "usc1",
                    "rackwright-cluster": "ultra",
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
            {"subnetwork": fabric.second_subnet.id, "nic_type": "GVNIC"},
            *[
                gcp.compute.InstanceNetworkInterfaceArgs(
                    subnetwork=fabric.rdma_subnets[f"rdma-{nic}"].id, nic_type="MRDMA"
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
        scheduling={
            "on_host_maintenance": "TERMINATE",
            "automatic_restart": True,
            "provisioning_model": "RESERVATION_BOUND",
            "instance_termination_action": "DELETE",
        },
        reservation_affinity={
            "type": "SPECIFIC_RESERVATION",
            "specific_reservation": {
                "key": "compute.googleapis.com/reservation-name",
                "values": ["ultra-2026"],
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
