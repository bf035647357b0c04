"""Subnets never meet, never leave the site, and never move."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rackwright.derive.addresses import MOST_ZONES, data_cidr, private_cidr, public_cidr, second_cidr

SITES = st.builds(
    lambda address, prefix: IPv4Network((address, prefix), strict=False),
    st.integers(0, 2**32 - 1),
    st.integers(8, 24),
).map(str)


def subnets(site: str) -> list[IPv4Network]:
    """Return the private and public subnets of all zones that a site may have."""
    zones = range(MOST_ZONES)
    return [IPv4Network(cut(site, zone)) for cut in (private_cidr, public_cidr) for zone in zones]


@given(SITES)
def test_subnets_are_disjoint_and_inside(site: str) -> None:
    """No two subnets share an address, and all lie in the site's block."""
    whole, found = IPv4Network(site), subnets(site)

    assert all(one.subnet_of(whole) for one in found)
    assert [(one, other) for one, other in combinations(found, 2) if one.overlaps(other)] == []


@given(SITES)
def test_private_subnets_are_an_eighth_and_public_ones_a_sixty_fourth(site: str) -> None:
    """Hosts get as much room as the site allows; public subnets hold gateways alone."""
    prefix = IPv4Network(site).prefixlen

    assert {IPv4Network(private_cidr(site, zone)).prefixlen for zone in range(MOST_ZONES)} == {prefix + 3}
    assert {IPv4Network(public_cidr(site, zone)).prefixlen for zone in range(MOST_ZONES)} == {prefix + 6}


@given(SITES)
def test_data_networks_are_apart_from_each_other_and_from_the_hosts(site: str) -> None:
    """The data networks of a cluster share no address with each other or with the networks of the hosts."""
    data = [IPv4Network(data_cidr(site, number)) for number in range(8)]
    found = [IPv4Network(private_cidr(site, 0)), IPv4Network(second_cidr(site)), *data]

    assert all(one.subnet_of(IPv4Network(site)) for one in found)
    assert [(one, other) for one, other in combinations(found, 2) if one.overlaps(other)] == []


@pytest.mark.parametrize("cut", [private_cidr, public_cidr, data_cidr])
@pytest.mark.parametrize("index", [-1, 8])
def test_there_is_no_ninth_part(cut: object, index: int) -> None:
    """An index outside the block is refused instead of answered with a neighbor's addresses."""
    assert callable(cut)
    with pytest.raises(ValueError, match="eighths 0 to 7"):
        cut("10.40.0.0/16", index)


def test_the_last_eighth_is_public() -> None:
    """A site's addresses as a reader finds them in a program."""
    assert private_cidr("10.40.0.0/16", 0) == "10.40.0.0/19"
    assert private_cidr("10.40.0.0/16", 6) == "10.40.192.0/19"
    assert public_cidr("10.40.0.0/16", 0) == "10.40.224.0/22"
    assert data_cidr("10.80.0.0/16", 0) == "10.80.32.0/22"
