"""Account: everything lands in acme-ai-prod, labeled with its owner (blueprint.yaml:9)."""

import pulumi_gcp as gcp

provider = gcp.Provider(
    "gcp",
    project="acme-ai-prod",
    region="us-central1",
    add_pulumi_attribution_label=False,
    default_labels={
        "rackwright-datacenter": "borealis",
        "rackwright-site": "usc1",
        "rackwright-cluster": "ultra",
        "rackwright-environment": "prod",
        "rackwright-team": "ml-platform",
        "rackwright-cost-center": "4711",
    },
)
