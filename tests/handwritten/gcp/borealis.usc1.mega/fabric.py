"""Fabric: 8 data networks for GPUDirect-TCPXO, MTU 8244 (blueprint.yaml:20)."""

import pulumi
import pulumi_gcp as gcp

import access
import account

# They belong to the cluster and go with it: nothing else has an interface on them.
DATA_NETWORKS = {
    "data-1": {"cidr": "10.80.32.0/22"},
    "data-2": {"cidr": "10.80.36.0/22"},
    "data-3": {"cidr": "10.80.40.0/22"},
    "data-4": {"cidr": "10.80.44.0/22"},
    "data-5": {"cidr": "10.80.48.0/22"},
    "data-6": {"cidr": "10.80.52.0/22"},
    "data-7": {"cidr": "10.80.56.0/22"},
    "data-8": {"cidr": "10.80.60.0/22"},
}
data_subnets: dict[str, gcp.compute.Subnetwork] = {}
for network, row in DATA_NETWORKS.items():
    data_network = gcp.compute.Network(
        network,
        name=f"borealis-usc1-mega-{network}",
        auto_create_subnetworks=False,
        mtu=8244,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    data_subnets[network] = gcp.compute.Subnetwork(
        network,
        name=f"borealis-usc1-mega-{network}",
        network=data_network.id,
        region="us-central1",
        ip_cidr_range=row["cidr"],
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    gcp.compute.Firewall(
        network,
        name=f"borealis-usc1-mega-{network}",
        network=data_network.id,
        description="All traffic between nodes",
        direction="INGRESS",
        source_service_accounts=[access.node_account.email],
        target_service_accounts=[access.node_account.email],
        allows=[{"protocol": "all"}],
        opts=pulumi.ResourceOptions(provider=account.provider),
    )
