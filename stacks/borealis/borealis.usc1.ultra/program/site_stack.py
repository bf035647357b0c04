"""Site: what borealis.usc1 provides, read from its stack (blueprint.yaml:7)."""

import pulumi

site = pulumi.StackReference(f"{pulumi.get_organization()}/{pulumi.get_project()}/borealis.usc1")
