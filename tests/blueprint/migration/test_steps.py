"""A migration edits a text where it stands: to the letter, comments, order, quotes and anchors kept."""

from __future__ import annotations

import pytest
from tests.blueprint.migration.made_up import KEYED, MOVE, RENAME, STEPS

from rackwright.blueprint.migration.steps import Step, stepped
from rackwright.diagnostics import FindingsError

OLD = """\
# the datacenter
blueprint: 1
sites:
  # the first site
  use1:
    cloud: aws   # of course
    # near the customers
    region: us-east-1  # Virginia
    network: {cidr: 10.0.0.0/16, zones: [a, b]}  # two zones
    clusters:
      "train": {"machine": p5.48xlarge, nodes: 3}
      big: &big
        nodes:   # how many
          count: 4
        # the machine
        machine: 'g6.xlarge'
      same: *big
  usw2:
    clusters: {a: { machine : m7i.large }}
    region: "us-west-2" # last
  usw1:
    # a region of many lines
    region: >-
      us-
      west-1
    network:
      # the block
      cidr: 10.1.0.0/16

  one: {region: x, cloud: aws}
suppress:
- code: NET-W105   # the first
  at: name

- reason: >
    it is
    ours
  # where
  at: owner.team   # by key
  code: ID-W101
- {at: sites, code: ID-W101}
- at: "sites.use1"  # nothing else
"""
NEW = """\
# the datacenter
blueprint: 1
sites:
  # the first site
  use1:
    cloud: aws   # of course
    # near the customers
    # Virginia
    network: {cidr: 10.0.0.0/16, zones: [a, b], where: us-east-1}  # two zones
    clusters:
      "train": {"type": p5.48xlarge, nodes: 3}
      big: &big
        nodes:   # how many
          count: 4
        # the machine
        type: 'g6.xlarge'
      same: *big
  usw2:
    clusters: {a: { type : m7i.large }}
    network:
      where: "us-west-2" # last
  usw1:
    network:
      # the block
      cidr: 10.1.0.0/16
      # a region of many lines
      where: >-
        us-
        west-1

  one: {network: {where: x}, cloud: aws}
suppress:
  name:
    code: NET-W105   # the first

  owner.team:  # where  # by key
    reason: >
      it is
      ours
    code: ID-W101
  sites: {code: ID-W101}
  "sites.use1": {}  # nothing else
"""


BELONGS = "'region' belongs into network, which"


def made(text: str, *steps: Step) -> str:
    """Return a text after steps."""
    for step in steps or STEPS:
        text = stepped("blueprint.yaml", text, step, frozenset())
    return text


def test_a_text_is_edited_to_the_letter() -> None:
    """Blocks and brackets, comments above and behind, anchors, folded texts, lists as far left as their key."""
    assert made(OLD) == NEW


def test_what_is_migrated_stays_as_it_is() -> None:
    """Every step is made once."""
    assert made(NEW) == NEW


def test_line_by_line_values_get_brackets_where_their_new_place_has_them() -> None:
    """Comments that brackets have no room for stand above them."""
    step = MOVE
    old = "sites:\n  a:\n    region:  # r\n      # b\n      - x, y  # c\n      - 'z'\n    network: {}\n"
    new = "sites:\n  a:\n    # r\n    # b\n    # c\n    network: {where: [\"x, y\", 'z']}\n"

    assert made(old, step) == new


def test_comments_between_entries_in_brackets_stay() -> None:
    """A comma goes with its entry, a comment does not."""
    old = "sites: {a: {\n  region: x,  # r\n  network: {\n    cidr: y  # c\n  }  # n\n}}\n"
    new = "sites: {a: {\n    # r\n  network: {\n    cidr: y, where: x  # c\n  }  # n\n}}\n"

    assert made(old, MOVE).replace(" ", "").replace("\n", "") == new.replace(" ", "").replace("\n", "")


def test_what_fragments_say_is_migrated_as_what_extends_them() -> None:
    """A fragment of a cluster, through another fragment and within one of a site; nothing else of that name."""
    old = "sites: {a: {extends: bases.site}}\nbases:\n  site: {clusters: {c: {extends: bases.gpu, machine: x}}}\n"
    old += "  gpu: {extends: cpu, machine: y}\n  cpu: {machine: z}\n  other: {machine: w}\n"
    pairs = {
        (("bases", "site"), ("sites", "a")),
        (("bases", "gpu"), ("bases", "site", "clusters", "c")),
        (("bases", "cpu"), ("bases", "gpu")),
    }
    new = stepped("blueprint.yaml", old, RENAME, frozenset(pairs))

    assert new == old.replace("machine: x", "type: x").replace("machine: y", "type: y").replace("machine: z", "type: z")


@pytest.mark.parametrize(
    ("text", "step", "line", "message"),
    [
        ("sites: {a: {clusters: {b: {machine: x,\n  type: y}}}}", RENAME, 1, "'type' stands beside it already"),
        ("x: &n {cidr: y}\nsites:\n  a: {region: x, network: *n}", MOVE, 3, f"{BELONGS} others repeat"),
        ("sites:\n  a:\n    region: x\n    network:", MOVE, 4, f"{BELONGS} is no mapping here"),
        ("suppress: [{at: a}, {at: a}]", KEYED, 1, "'a' stands in suppress twice"),
        ("suppress:\n- {at: a}\n- {code: b}", KEYED, 3, "an item of suppress says no 'at' of its own"),
        ("suppress:\n- {at: 7}", KEYED, 1, "the text would not say the same afterwards"),
    ],
)  # fmt: skip
def test_what_cannot_be_migrated_is_found_where_it_stands(text: str, step: Step, line: int, message: str) -> None:
    """One finding, with what to write instead."""
    with pytest.raises(FindingsError) as refused:
        made(text, step)
    (only,) = refused.value.findings

    assert (only.code, only.position and only.position.line, only.message) == ("LANG-E018", line, message)
    assert only.hint
