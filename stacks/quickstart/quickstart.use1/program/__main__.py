"""quickstart.use1: network, keys, storage and audit of site use1 in us-east-1.

Compiled by rackwright from stacks/quickstart/blueprint.yaml. Change the blueprint, not this program:
Pulumi's entry refuses a program that differs from its manifest.
"""

import pulumi

import account  # noqa: F401 (declares its resources)
import audit  # noqa: F401 (declares its resources)
import endpoints  # noqa: F401 (declares its resources)
import keys
import network
import storage

pulumi.export("vpc_id", network.vpc.id)
pulumi.export("vpc_cidr", network.vpc.cidr_block)
pulumi.export("private_subnet_ids", {key: each.id for key, each in network.private_subnets.items()})
pulumi.export("key_arn", keys.site_key.arn)
pulumi.export("storage_clients_security_group_id", storage.clients.id)
pulumi.export("datasets_bucket", storage.datasets.bucket)
pulumi.export("datasets_arn", storage.datasets.arn)
