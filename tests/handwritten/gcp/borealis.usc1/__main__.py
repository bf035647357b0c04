"""borealis.usc1: network, keys and storage of site usc1 in us-central1.

Compiled by rackwright from stacks/borealis/blueprint.yaml. Change the blueprint, not this program:
Pulumi's entry refuses a program that differs from its manifest.
"""

import pulumi

import account  # noqa: F401 (declares its resources)
import keys
import network
import services  # noqa: F401 (declares its resources)
import storage

pulumi.export("network_id", network.vpc.id)
pulumi.export("subnetwork_id", network.hosts.id)
pulumi.export("key_id", keys.site_key.id)
pulumi.export("datasets_bucket", storage.datasets.name)
pulumi.export("datasets_url", storage.datasets.url)
