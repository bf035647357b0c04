"""keys.py: the site's customer-managed key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Json, args, out, value
from rackwright.planning.aws import policies
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.aws.context import AwsStack

DAYS_TO_DELETE = 30
"""How long AWS keeps a key after its deletion was asked for; the longest there is."""


def keys(here: AwsStack) -> Planned:
    """Return the section of the key that encrypts the site's disks, storage and logs."""
    given = here.site.keys.existing
    if given:
        area = here.area("keys", "keys", "existing")
        found = area.invoke("site_key", "kms/getKey:getKey", args(key_id=given))
        title = "Keys: one that stands already encrypts the site's disks, storage and logs"
        return Planned(area.titled(title), (found,))
    area = here.area("keys")
    key = area.resource(
        "site_key",
        "kms/key:Key",
        "site",
        args(
            description=f"{here.stack}: disks, storage and logs",
            enable_key_rotation=True,
            deletion_window_in_days=DAYS_TO_DELETE,
            policy=Json(value(policies.site_key(here))),
        ),
        protect=_holds_state(here),
    )
    alias = area.resource(
        "site_key_alias",
        "kms/alias:Alias",
        "site",
        args(name=f"alias/rackwright-{here.label}", target_key_id=out("site_key", "key_id")),
    )
    title = "Keys: one customer-managed key encrypts the site's disks, storage and logs"
    return Planned(area.titled(title), (key, alias))


def _holds_state(here: AwsStack) -> bool:
    """Return whether anything that outlives a destroy is encrypted with the key."""
    made = [one for one in here.site.storage.values() if getattr(one, "existing", None) is None]
    return any(one.kind != "block" and one.deletion != "delete" for one in made)
