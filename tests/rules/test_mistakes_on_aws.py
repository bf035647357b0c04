"""Mistakes that users of other tools made with machines on AWS: found by name, or not to be written at all."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS, codes

from rackwright.blueprint.load import loads
from rackwright.catalog import machine, machines
from rackwright.diagnostics import FindingsError

RESERVED = "reservation: cr-12345678"
FOUND = {
    "reservation in another zone": (f"capacity: {{{RESERVED}, zone: us-east-1b}}", "CAP-E104"),
    "reservation in a new placement group": (f"placement: cluster\n        capacity: {{{RESERVED}}}", "CAP-W107"),
    "more nodes than were reserved": (f"capacity: {{{RESERVED}, count: 3}}", "CAP-E105"),
}
UNWRITABLE = {
    "a reservation and no reservation": f"capacity: {{kind: on-demand, {RESERVED}}}",
    "nodes in two zones, a reservation in one": "zone: [us-east-1a, us-east-1b]",
    "EFA on the wrong cards, on too few or on too many": "efa_interfaces: 10",
    "a public address beside several interfaces": "public_ip: true",
}


@pytest.mark.parametrize("mistake", FOUND)
def test_a_mistake_of_others_is_found_by_name(mistake: str) -> None:
    """What can be written wrong is found, and nothing beside it."""
    written, code = FOUND[mistake]

    assert codes(AWS, ("nodes: 4", f"nodes: 4\n        {written}")) == [code]


@pytest.mark.parametrize("mistake", UNWRITABLE)
def test_a_mistake_of_others_cannot_be_written(mistake: str) -> None:
    """What would always be wrong is no part of the language."""
    with pytest.raises(FindingsError):
        loads(AWS.replace("nodes: 4", f"nodes: 4\n        {UNWRITABLE[mistake]}"))


@pytest.mark.parametrize("name", [one.name for one in machines("aws") if one.fabric and one.fabric.interfaces])
def test_card_zero_speaks_ip(name: str) -> None:
    """The first interface is an ordinary one, EFA-only never; each further card has one interface, for EFA."""
    known = machine("aws", name)
    layout = (known.fabric.interfaces if known and known.fabric else None) or ()
    first, *others = layout

    assert (first.card, first.device, first.kind) == (0, 0, "interface")
    assert {one.kind for one in others} == {"efa-only"}
    assert len({one.card for one in others}) == len(others)


@pytest.mark.parametrize(
    ("name", "efa", "on_card_0"),
    [
        ("p3dn.24xlarge", 1, True),
        ("p4d.24xlarge", 4, True),
        ("p4de.24xlarge", 4, True),
        ("p5.48xlarge", 32, True),
        ("p5e.48xlarge", 32, True),
        ("p5en.48xlarge", 16, True),
        ("p6-b200.48xlarge", 8, True),
        ("p6-b300.48xlarge", 16, False),
        ("g4dn.12xlarge", 1, True),
        ("g5.48xlarge", 1, True),
        ("g6.48xlarge", 1, True),
        ("g6e.24xlarge", 2, True),
        ("g6e.48xlarge", 4, True),
        ("g7e.48xlarge", 4, True),
        ("trn1.32xlarge", 8, True),
        ("trn2.48xlarge", 16, True),
        ("hpc7a.96xlarge", 2, True),
        ("c6gn.16xlarge", 1, True),
    ],
)
def test_every_family_has_its_number_of_efa_cards(name: str, efa: int, on_card_0: bool) -> None:  # noqa: FBT001 - a fact of the table
    """As many EFA interfaces as the user guide gives the type, on card 0 too, except on P6-B300."""
    known = machine("aws", name)
    layout = (known.fabric.interfaces if known and known.fabric else None) or ()
    cards = [one.card for one in layout if one.kind == "efa-only"]

    assert len(cards) == efa
    assert (0 in cards) is on_card_0
