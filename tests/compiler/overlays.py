"""Blueprints cut in two: what is inherited and what is said, at the top and within."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

Data = dict[str, Any]
Draw = st.DrawFn
OWN = frozenset({"renamed_from"})
"""Keys that nothing inherits under another name."""
SAME = frozenset({"blueprint"})
"""Keys that say the same in every file: the version of the language."""
OTHERS = (None, True, 7, "another", [1], {"another": {"key": 1}}, {})
GONE = "taken-away"


def halves(draw: Draw, data: Data, own: frozenset[str] = frozenset()) -> tuple[Data, Data]:
    """Return a mapping as a base and what an heir says over it; keys in `own` are never inherited."""
    base: Data = {}
    heir: Data = {}
    for key, value in data.items():
        whose = "heir" if key in own else draw(st.sampled_from(["base", "heir", "both"]))
        if whose == "both" and isinstance(value, dict):
            base[key], heir[key] = halves(draw, value, own)
            continue
        if whose == "both":
            base[key] = value if key in SAME else draw(st.sampled_from(OTHERS))
        (base if whose == "base" else heir)[key] = value
    if not draw(st.integers(0, 3)):
        base[GONE], heir[GONE] = draw(st.sampled_from(OTHERS[1:])), None
    return base, heir


@st.composite
def within(draw: Draw, data: Data) -> Data:
    """Return a blueprint of which some clusters, volumes and sites extend fragments, or each other's fragments."""
    bases: Data = {}
    sites: Data = {}
    for name, site in data["sites"].items():
        parts = {
            kind: {one: _heir(draw, thing, bases) for one, thing in site[kind].items()}
            for kind in ("storage", "clusters")
        }
        sites[name] = _heir(draw, site | parts, bases)
    return data | {"sites": sites, "bases": data.get("bases", {}) | bases}


def _heir(draw: Draw, thing: Data, bases: Data) -> Data:
    """Return a thing as it is, or as the heir of a fragment that may be the heir of another."""
    if draw(st.booleans()):
        return thing
    base, heir = halves(draw, thing, OWN)
    name = f"part-{len(bases)}"
    bases[name] = {}
    bases[name] = _heir(draw, base, bases) if draw(st.booleans()) else base
    return {"extends": f"bases.{name}", **heir}


@st.composite
def overlays(draw: Draw, data: Data) -> dict[str, Data]:
    """Return the files of a blueprint that extends a file, which may extend another: name to data, the heir first."""
    names = ["blueprint.yaml", "../base.yaml", "../shared/base-of-base.yml"][: draw(st.integers(2, 3))]
    files: dict[str, Data] = {}
    for index, name in enumerate(names[:-1]):
        above = names[index + 1] if not name.startswith("..") else "shared/base-of-base.yml"
        data, heir = halves(draw, data)
        files[name] = {"extends": above, **heir}
    return files | {names[-1]: data}


def written_together(files: dict[str, Data], root: Path) -> Path:
    """Return the blueprint of some files, written below `root` where its repository would have them."""
    folder = root / "stacks" / "cut"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        path.resolve().write_text(json.dumps(data, indent=1), encoding="utf-8")
    return folder / "blueprint.yaml"
