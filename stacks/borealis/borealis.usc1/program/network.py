"""Network: VPC with one subnet 10.80.0.0/19 in us-central1, one NAT gateway (blueprint.yaml:11)."""

import pulumi
import pulumi_gcp as gcp

import account
import services

vpc = gcp.compute.Network(
    "vpc",
    name="borealis-usc1",
    auto_create_subnetworks=False,
    routing_mode="REGIONAL",
    mtu=8896,
    opts=pulumi.ResourceOptions(provider=account.provider, depends_on=[*services.enabled.values()]),
)

hosts = gcp.compute.Subnetwork(
    "hosts",
    name="borealis-usc1-hosts",
    network=vpc.id,
    region="us-central1",
    ip_cidr_range="10.80.0.0/19",
    private_ip_google_access=True,
    log_config={
        "aggregation_interval": "INTERVAL_1_MIN",
        "flow_sampling": 0.5,
        "metadata": "INCLUDE_ALL_METADATA",
    },
    opts=pulumi.ResourceOptions(provider=account.provider),
)

router = gcp.compute.Router(
    "nat",
    name="borealis-usc1-nat",
    network=vpc.id,
    region="us-central1",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

gcp.compute.RouterNat(
    "nat",
    name="borealis-usc1-nat",
    router=router.name,
    region="us-central1",
    nat_ip_allocate_option="AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat="ALL_SUBNETWORKS_ALL_IP_RANGES",
    log_config={"enable": True, "filter": "ERRORS_ONLY"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)
