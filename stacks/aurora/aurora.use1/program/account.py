"""Account: everything lands in 111122223333, tagged with its owner (blueprint.yaml:9)."""

import pulumi_aws as aws

provider = aws.Provider(
    "aws",
    region="us-east-1",
    allowed_account_ids=["111122223333"],
    default_tags={
        "tags": {
            "rackwright:datacenter": "aurora",
            "rackwright:site": "use1",
            "rackwright:environment": "prod",
            "rackwright:team": "ml-platform",
            "rackwright:cost-center": "4711",
        }
    },
)
