"""Services: the interfaces of Google Cloud that this site uses (blueprint.yaml:9)."""

import pulumi
import pulumi_gcp as gcp

import account

# They stay enabled when the stack goes: others in the project may use them.
APIS = [
    "cloudkms",
    "cloudresourcemanager",
    "compute",
    "iam",
    "iap",
    "logging",
    "monitoring",
    "oslogin",
    "storage",
    "tpu",
]
enabled: dict[str, gcp.projects.Service] = {}
for api in APIS:
    enabled[api] = gcp.projects.Service(
        api,
        service=f"{api}.googleapis.com",
        disable_on_destroy=False,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )
