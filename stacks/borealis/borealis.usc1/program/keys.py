"""Keys: one customer-managed key encrypts the site's disks and storage (blueprint.yaml:7)."""

import pulumi
import pulumi_gcp as gcp

import account
import services

ring = gcp.kms.KeyRing(
    "site",
    name="borealis-usc1",
    location="us-central1",
    opts=pulumi.ResourceOptions(
        provider=account.provider, depends_on=[*services.enabled.values()], retain_on_delete=True
    ),
)

site_key = gcp.kms.CryptoKey(
    "site",
    name="site",
    key_ring=ring.id,
    purpose="ENCRYPT_DECRYPT",
    rotation_period="7776000s",
    opts=pulumi.ResourceOptions(provider=account.provider, protect=True),
)

storage_agent = gcp.storage.get_project_service_account_output(
    project="acme-ai-prod",
    opts=pulumi.InvokeOptions(provider=account.provider),
)

project = gcp.organizations.get_project_output(
    project_id="acme-ai-prod",
    opts=pulumi.InvokeOptions(provider=account.provider),
)

# The services' own agents encrypt; they are let in before anything uses the key.
storage_grant = gcp.kms.CryptoKeyIAMMember(
    "storage-agent",
    crypto_key_id=site_key.id,
    role="roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member=pulumi.Output.concat("serviceAccount:", storage_agent.email_address),
    opts=pulumi.ResourceOptions(provider=account.provider),
)

gcp.kms.CryptoKeyIAMMember(
    "compute-agent",
    crypto_key_id=site_key.id,
    role="roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member=pulumi.Output.concat(
        "serviceAccount:service-", project.number, "@compute-system.iam.gserviceaccount.com"
    ),
    opts=pulumi.ResourceOptions(provider=account.provider),
)
