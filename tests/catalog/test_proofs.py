"""A proof that the catalog claims is one that tests reach."""

from __future__ import annotations

from tests.golden.test_coverage import family, golden_sites

from rackwright.catalog.proofs import LEVELS, proof_of, proofs


def test_levels_are_those_that_tests_reach() -> None:
    """Golden families deploy to the rehearsal cloud; those of AWS to its API as moto knows it; no other is proved."""
    golden = {(cloud, family(cloud, one)) for cloud, site in golden_sites() for one in site.clusters.values()}
    tested = {(cloud, name): "moto" if cloud == "aws" else "simulated" for cloud, name in golden}
    claimed = {(one.cloud, one.family): one.level for one in proofs() if one.level != "real"}

    assert claimed == {key: level for key, level in tested.items() if key in claimed}
    assert {(one.cloud, one.family) for one in proofs()} == golden


def test_what_is_real_has_a_receipt() -> None:
    """When, where and the receipt: all three of a real account, none of what was not in one."""
    for one in proofs():
        assert one.level in LEVELS
        assert {bool(cell) for cell in (one.date, one.region, one.receipt)} == {one.level == "real"}


def test_a_machine_is_proved_as_its_family_is() -> None:
    """Machines by family, slices by generation; what no blueprint may ask for, and what is unknown, is not proved."""
    assert str(proof_of("p5.48xlarge")) == "moto"
    assert str(proof_of("v5litepod-16")) == "simulated"
    assert proof_of("trn2.48xlarge") is None
    assert proof_of("no-such-machine") is None
