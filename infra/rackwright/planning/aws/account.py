"""account.py: the one provider, bound to the account, with the tags of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Lit, Provider, args
from rackwright.planning.area import PROVIDER
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.aws.context import AwsStack


def account(here: AwsStack) -> Planned:
    """Return the provider's section."""
    area = here.area("account", "account")
    inputs = args(
        region=here.site.region,
        allowed_account_ids=[here.site.account],
        default_tags={"tags": here.tags()},
    )
    provider = Provider(PROVIDER, CLOUD, Lit("aws"), inputs, area.section, area.origin)
    return Planned(area.titled(f"Account: everything lands in {here.site.account}, tagged with its owner"), (provider,))
