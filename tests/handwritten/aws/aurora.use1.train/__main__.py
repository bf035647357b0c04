"""aurora.use1.train: cluster train, 4 x p5.48xlarge on EFA in us-east-1a.

Compiled by rackwright from stacks/aurora/blueprint.yaml. Change the blueprint, not this program:
Pulumi's entry refuses a program that differs from its manifest.
"""

import pulumi

import access
import account  # noqa: F401 (declares its resources)
import nodes
import site_stack  # noqa: F401 (declares its resources)

pulumi.export("hosts", {key: each.private_ip for key, each in nodes.instances.items()})
pulumi.export("instance_ids", {key: each.id for key, each in nodes.instances.items()})
pulumi.export("image_id", nodes.image.insecure_value)
pulumi.export("security_group_id", access.node_group.id)
