"""borealis.usc1.tpu: cluster tpu, 1 x v5litepod-16 in us-central1-a.

Compiled by rackwright from stacks/borealis/blueprint.yaml. Change the blueprint, not this program:
Pulumi's entry refuses a program that differs from its manifest.
"""

import pulumi

import access
import account  # noqa: F401 (declares its resources)
import nodes
import site_stack  # noqa: F401 (declares its resources)

pulumi.export(
    "hosts",
    {
        "tpu-0-w0": nodes.slices["tpu-0"].network_endpoints[0].ip_address,
        "tpu-0-w1": nodes.slices["tpu-0"].network_endpoints[1].ip_address,
        "tpu-0-w2": nodes.slices["tpu-0"].network_endpoints[2].ip_address,
        "tpu-0-w3": nodes.slices["tpu-0"].network_endpoints[3].ip_address,
    },
)
pulumi.export("service_account", access.node_account.email)
