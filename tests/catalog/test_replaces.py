"""Which arguments replace a resource is data of the providers themselves."""

from __future__ import annotations

import pytest

from rackwright.catalog.reading import rows, words
from rackwright.catalog.replaces import replaces
from rackwright.engine.schema import resource_class


@pytest.mark.parametrize(
    ("kind", "path", "answer"),
    [
        ("aws:ec2/subnet:Subnet", ("cidr_block",), "yes"),
        ("aws:ec2/vpc:Vpc", ("tags", "Name"), "no"),
        ("aws:ec2/instance:Instance", ("launch_template", "version"), "conditional"),
        ("gcp:compute/instance:Instance", ("boot_disk", "initialize_params", "image"), "yes"),
        ("aws:ec2/instance:Instance", ("no_such_argument",), None),
        ("aws:no/such:Type", ("name",), None),
    ],
)
def test_an_argument_replaces_or_not_or_nobody_has_said(kind: str, path: tuple[str, ...], answer: str | None) -> None:
    """Lists of blocks are found in the plural; keys of maps are their map's; what is not listed is None."""
    assert replaces(kind, path) == answer


def test_every_type_is_one_of_the_sdks() -> None:
    """Each row's type exists in the installed SDK, and no argument has two answers."""
    for row in rows("replaces"):
        listed = [argument for answer in ("yes", "conditional", "no") for argument in words(row[answer])]

        assert resource_class(row["type"]) is not None
        assert len(listed) == len(set(listed))
