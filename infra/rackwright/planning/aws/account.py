"""account.py: the one provider, bound to the account, with the tags of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Lit, Provider, args
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack


def account(here: AwsStack) -> Planned:
    """Return the provider's section."""
    area = here.area("account", "account")
    title = f"Account: everything lands in {here.site.account}, tagged with its owner"
    return Planned(area.titled(title), (provider(here, area, CLOUD),))


def provider(here: AwsStack, area: Area, name: str) -> Provider:
    """Return a provider bound to the account and the region of a site."""
    inputs = args(
        region=here.site.region,
        allowed_account_ids=[here.site.account],
        default_tags={"tags": here.tags()},
        assume_roles=[{"role_arn": here.role}] if here.role else None,
    )
    return Provider(here.provider, CLOUD, Lit(name), inputs, area.section, area.origin)
