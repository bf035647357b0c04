"""Site: what quickstart.use1 provides, read from its stack (blueprint.yaml:8)."""

import pulumi

site = pulumi.StackReference(f"{pulumi.get_organization()}/{pulumi.get_project()}/quickstart.use1")
