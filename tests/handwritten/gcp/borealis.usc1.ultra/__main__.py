"""borealis.usc1.ultra: cluster ultra, 4 x a3-ultragpu-8g on GPUDirect-RDMA in us-central1-b.

Compiled by rackwright from stacks/borealis/blueprint.yaml. Change the blueprint, not this program:
Pulumi's entry refuses a program that differs from its manifest.
"""

import pulumi

import access
import account  # noqa: F401 (declares its resources)
import fabric  # noqa: F401 (declares its resources)
import nodes
import site_stack  # noqa: F401 (declares its resources)

pulumi.export(
    "hosts", {key: each.network_interfaces[0].network_ip for key, each in nodes.instances.items()}
)
pulumi.export("image", nodes.image.self_link)
pulumi.export("service_account", access.node_account.email)
