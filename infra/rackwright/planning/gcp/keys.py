"""keys.py: the site's customer-managed key, and who may encrypt with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Concat, Lit, Ref, args, out
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Resource, Value
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

ROTATION = "7776000s"
"""Ninety days."""
USE_KEY = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
STORAGE_AGENTS = {"file": "file", "parallel": "lustre"}
"""Storage whose service has an agent that is made when it is asked for, with the service's name."""


def keys(here: GcpStack) -> Planned:
    """Return the section of the key that encrypts the site's disks and storage."""
    if here.site.keys.existing:
        return _existing(here, here.site.keys.existing)
    area = here.area("keys")
    ring = area.resource(
        "ring",
        "kms/keyRing:KeyRing",
        "site",
        args(name=here.label, location=here.site.region),
        depends_on=(Ref("enabled"),),
        retain_on_delete=True,
    )
    key = area.resource(
        "site_key",
        "kms/cryptoKey:CryptoKey",
        "site",
        args(name="site", key_ring=out("ring"), purpose="ENCRYPT_DECRYPT", rotation_period=ROTATION),
        protect=_holds_state(here),
    )
    nodes = (ring, key, *_agents(here, area))
    return Planned(area.titled("Keys: one customer-managed key encrypts the site's disks and storage"), nodes)


def _existing(here: GcpStack, given: str) -> Planned:
    """Return the section that looks up a key that stands already, and lets the services' agents use it."""
    area = here.area("keys", "keys", "existing")
    ring, _, name = given.rpartition("/cryptoKeys/")
    key = area.invoke("site_key", "kms/getKMSCryptoKey:getKMSCryptoKey", args(key_ring=ring, name=name))
    title = "Keys: one that stands already encrypts the site's disks and storage"
    return Planned(area.titled(title), (key, *_agents(here, area)))


def _holds_state(here: GcpStack) -> bool:
    made = [one for one in here.site.storage.values() if one.kind != "block" and not one.existing]
    return any(one.deletion != "delete" for one in made)


def _agents(here: GcpStack, area: Area) -> tuple[Node, ...]:
    project = here.site.project
    agent = "storage/getProjectServiceAccount:getProjectServiceAccount"
    storage = Concat((Lit("serviceAccount:"), out("storage_agent", "email_address")))
    compute = Concat(
        (Lit("serviceAccount:service-"), out("project", "number"), Lit("@compute-system.iam.gserviceaccount.com"))
    )
    note = "The services' own agents encrypt; they are let in before anything uses the key."
    return (
        area.invoke("storage_agent", agent, args(project=project)),
        area.invoke("project", "organizations/getProject:getProject", args(project_id=project)),
        _grant(area, "storage_grant", "storage-agent", storage, note, _after(here)),
        _grant(area, "compute_grant", "compute-agent", compute, "", _after(here)),
        *(
            node
            for kind, service in STORAGE_AGENTS.items()
            if here.makes(kind)
            for node in _service_agent(area, service)
        ),
    )


def grant_of(service: str) -> str:
    """Return the key of the resource that lets a storage service encrypt with the site's key."""
    return f"{service}_grant"


def _service_agent(area: Area, service: str) -> tuple[Resource, Resource]:
    inputs = args(service=f"{service}.googleapis.com")
    kind, agent = "projects/serviceIdentity:ServiceIdentity", f"{service}_agent"
    return (
        area.resource(agent, kind, service, inputs, depends_on=(Ref("enabled"),)),
        _grant(area, grant_of(service), f"{service}-agent", out(agent, "member"), ""),
    )


def _after(here: GcpStack) -> tuple[Ref, ...]:
    """Return what makes the agents, where no key of the site's own waits for it."""
    return (Ref("enabled"),) if here.site.keys.existing else ()


def _grant(area: Area, key: str, name: str, member: Value, note: str, after: tuple[Ref, ...] = ()) -> Resource:
    inputs = args(crypto_key_id=out("site_key"), role=USE_KEY, member=member)
    kind = "kms/cryptoKeyIAMMember:CryptoKeyIAMMember"
    return area.resource(key, kind, name, inputs, note=note, depends_on=after)
