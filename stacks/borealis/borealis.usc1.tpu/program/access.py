"""Access: what the nodes may do and who may reach them (blueprint.yaml:16)."""

import pulumi
import pulumi_gcp as gcp

import account
import site_stack

node_account = gcp.serviceaccount.Account(
    "nodes",
    account_id="borealis-usc1-tpu",
    display_name="Nodes of borealis.usc1.tpu",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

ROLES = ["logging.logWriter", "monitoring.metricWriter"]
for role in ROLES:
    gcp.projects.IAMMember(
        f"nodes-{role}",
        project="acme-ai-prod",
        role=f"roles/{role}",
        member=node_account.member,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

gcp.compute.Firewall(
    "ssh",
    name="borealis-usc1-tpu-ssh",
    network=site_stack.site.require_output("network_id"),
    description="SSH through Identity-Aware Proxy",
    direction="INGRESS",
    source_ranges=["35.235.240.0/20"],
    target_service_accounts=[node_account.email],
    allows=[{"protocol": "tcp", "ports": ["22"]}],
    log_config={"metadata": "INCLUDE_ALL_METADATA"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

gcp.compute.Firewall(
    "internal",
    name="borealis-usc1-tpu-internal",
    network=site_stack.site.require_output("network_id"),
    description="All traffic between nodes",
    direction="INGRESS",
    source_service_accounts=[node_account.email],
    target_service_accounts=[node_account.email],
    allows=[{"protocol": "all"}],
    opts=pulumi.ResourceOptions(provider=account.provider),
)
