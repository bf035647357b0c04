"""What a blueprint overrides is merged into what is planned, or left as it is with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from rackwright.derive.overrides import overridden, wrong
from rackwright.plan import Json, Lit, Out, Resource, args, out, value
from rackwright.rules.inputs import known

AT = ("sites", "use1", "overrides", "thing")
PLANNED = args(
    name="a",
    size=3,
    options={"hops": 1, "tokens": "required"},
    disks=[{"ebs": {"size": 200}}, {"ebs": {"size": 300}}],
    key=out("site_key", "arn"),
    policy=Json(value({"Version": "2012-10-17"})),
    boxes=[{"labels": {"site": "use1"}}],
    tags={"Name": "a"},
)


def thing() -> Resource:
    """Return a planned resource."""
    return Resource("thing", "aws:ec2/thing:Thing", Lit("thing"), PLANNED, "nodes", AT[:2])


def merged(**said: Any) -> dict[str, Any]:
    """Return the inputs of the resource with overrides, as far as they are known."""
    return {name: known(one) for name, one in overridden(thing(), said, AT).inputs}


def test_mappings_merge_and_all_else_is_replaced() -> None:
    """What is not planned is added; a list is replaced as a whole, or by the numbers of its items."""
    found = merged(
        options={"hops": 2, "tags_too": "enabled"},
        size=4.5,
        disks={"1": {"ebs": {"iops": 9}}},
        key="arn:of:ours",
        more={"deep": [1]},
    )

    assert found["options"] == {"hops": 2, "tokens": "required", "tags_too": "enabled"}
    assert found["disks"] == [{"ebs": {"size": 200}}, {"ebs": {"size": 300, "iops": 9}}]
    assert (found["size"], found["key"], found["more"]) == (4.5, "arn:of:ours", {"deep": [1]})
    assert merged(disks=[])["disks"] == []
    assert list(found) == [*dict(PLANNED), "more"]


def test_documents_are_merged_inside() -> None:
    """They stay documents."""
    inputs = dict(overridden(thing(), {"policy": {"Id": "ours"}}, AT).inputs)

    assert inputs["policy"] == Json(value({"Version": "2012-10-17", "Id": "ours"}))


def test_every_part_that_is_overridden_is_told() -> None:
    """With its value, and the place of the blueprint that says so."""
    made = overridden(thing(), {"options": {"hops": 2}, "disks": {"0": {"ebs": {"size": 7}}}}, AT).overrides

    assert [(one.argument, known(one.value), one.origin) for one in made] == [
        (("options", "hops"), 2, (*AT, "options", "hops")),
        (("disks", "0", "ebs", "size"), 7, (*AT, "disks", "0", "ebs", "size")),
    ]


@pytest.mark.parametrize(
    ("said", "place", "protected"),
    [
        ({"size": "large"}, ("size",), False),
        ({"options": {"hops": True}}, ("options", "hops"), False),
        ({"options": [1]}, ("options",), False),
        ({"options": {"hops": None}}, ("options", "hops"), False),
        ({"disks": {"2": {}}}, ("disks", "2"), False),
        ({"tags": {"Name": "b"}}, ("tags",), True),
        ({"deletion_protection": False}, ("deletion_protection",), True),
        ({"region": "us-west-2"}, ("region",), True),
        ({"boxes": []}, ("boxes",), True),
        ({"boxes": {"0": {"labels": {}}}}, ("boxes", "0", "labels"), True),
        ({"more": [{"labels": {}}]}, ("more",), True),
    ],
)
def test_what_cannot_be_overridden_stays_as_it_is_planned(
    said: dict[str, Any], place: tuple[str, ...], *, protected: bool
) -> None:
    """One reason, with its place and what to do."""
    (only,) = wrong(thing(), said, AT)

    assert (only.path, only.protected) == ((*AT, *place), protected)
    assert only.message
    assert only.hint
    assert overridden(thing(), said, AT) == thing()


def test_what_refers_to_others_can_be_replaced() -> None:
    """The reference goes."""
    inputs = dict(overridden(thing(), {"key": "k"}, AT).inputs)

    assert not any(isinstance(one, Out) for one in inputs.values())
