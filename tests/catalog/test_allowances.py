"""What a new account is granted by number."""

from __future__ import annotations

from rackwright.catalog import quotas
from rackwright.catalog.allowances import COUNTED, allowances


def test_every_count_has_one_allowance() -> None:
    """What is counted is compared with one quota each, and no code stands for two."""
    assert sorted(one.counts for one in allowances()) == sorted(COUNTED)
    assert len({one.code for one in allowances()}) == len(allowances())


def test_allowances_are_no_quotas_of_machines() -> None:
    """A code is looked up in one table alone."""
    assert {one.code for one in allowances()} & {one.key for one in quotas()} == set()


def test_five_addresses_come_with_an_account() -> None:
    """ParallelCluster 1734: the sixth Elastic IP address is refused."""
    assert {one.counts: one.granted for one in allowances()}["addresses"] == 5
