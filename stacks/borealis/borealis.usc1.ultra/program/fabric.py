"""Fabric: a second host network and 8 RDMA subnets in us-central1-b, MTU 8896 (blueprint.yaml:28)."""

import pulumi
import pulumi_gcp as gcp

import access
import account

# These networks belong to the cluster and go with it: nothing else has an interface on them.
second_network = gcp.compute.Network(
    "host-2",
    name="borealis-usc1-ultra-host-2",
    auto_create_subnetworks=False,
    mtu=8896,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

second_subnet = gcp.compute.Subnetwork(
    "host-2",
    name="borealis-usc1-ultra-host-2",
    network=second_network.id,
    region="us-central1",
    ip_cidr_range="10.80.64.0/19",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

gcp.compute.Firewall(
    "host-2",
    name="borealis-usc1-ultra-host-2",
    network=second_network.id,
    description="All traffic between nodes",
    direction="INGRESS",
    source_service_accounts=[access.node_account.email],
    target_service_accounts=[access.node_account.email],
    allows=[{"protocol": "all"}],
    opts=pulumi.ResourceOptions(provider=account.provider),
)

# The profile ties this network to one zone; it takes no firewall rules.
rdma_network = gcp.compute.Network(
    "rdma",
    name="borealis-usc1-ultra-rdma",
    auto_create_subnetworks=False,
    mtu=8896,
    network_profile="projects/acme-ai-prod/global/networkProfiles/us-central1-b-vpc-roce",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

RDMA_RANGES = {
    "rdma-1": {"cidr": "10.80.32.0/22"},
    "rdma-2": {"cidr": "10.80.36.0/22"},
    "rdma-3": {"cidr": "10.80.40.0/22"},
    "rdma-4": {"cidr": "10.80.44.0/22"},
    "rdma-5": {"cidr": "10.80.48.0/22"},
    "rdma-6": {"cidr": "10.80.52.0/22"},
    "rdma-7": {"cidr": "10.80.56.0/22"},
    "rdma-8": {"cidr": "10.80.60.0/22"},
}
rdma_subnets: dict[str, gcp.compute.Subnetwork] = {}
for subnet, row in RDMA_RANGES.items():
    rdma_subnets[subnet] = gcp.compute.Subnetwork(
        subnet,
        name=f"borealis-usc1-ultra-{subnet}",
        network=rdma_network.id,
        region="us-central1",
        ip_cidr_range=row["cidr"],
        opts=pulumi.ResourceOptions(provider=account.provider),
    )
