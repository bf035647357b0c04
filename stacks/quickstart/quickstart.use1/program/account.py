"""Account: everything lands in 111122223333, tagged with its owner (blueprint.yaml:10)."""

import pulumi_aws as aws

provider = aws.Provider(
    "aws",
    region="us-east-1",
    allowed_account_ids=["111122223333"],
    default_tags={
        "tags": {
            "rackwright:datacenter": "quickstart",
            "rackwright:site": "use1",
            "rackwright:environment": "dev",
            "rackwright:team": "getting-started",
            "rackwright:cost-center": "0001",
        }
    },
)
