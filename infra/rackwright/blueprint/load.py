"""A blueprint's text -> a checked model and the place of everything in it, or every mistake at once."""

from __future__ import annotations

import re
from os.path import relpath
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from rackwright.blueprint import problems
from rackwright.blueprint.datacenter import Blueprint
from rackwright.blueprint.merging import BASES, EXTENDS
from rackwright.blueprint.model import Model
from rackwright.blueprint.reading import read, source_of, whole
from rackwright.blueprint.source_map import SourceMap, SourceText
from rackwright.blueprint.tree import compose
from rackwright.blueprint.version import refuse_other
from rackwright.diagnostics import Finding, FindingsError, Path
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

DOUBTFUL = re.compile(r"(?<![\w.\"'-])[-+]?0[0-9]")
"""What may be a number that begins with a zero: dates, addresses and versions are none."""
PLACEHOLDER = re.compile(r"\$[({]|\{[{%]|: *[\"']?<[A-Za-z]|: *(var|local|module)\.")
"""What a text with placeholders of other languages has somewhere; what has it need not have any."""
Checked = TypeVar("Checked", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A blueprint with its text and its places.

    `bases` are the files it extends, the nearest first; `findings` are warnings of what it extends and does not.
    """

    blueprint: Blueprint
    text: str
    source: SourceMap
    bases: tuple[SourceText, ...] = ()
    findings: tuple[Finding, ...] = ()

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings with file, line and column."""
        return self.source.located(findings)

    def locate(self, path: Path) -> str:
        """Return where a path stands as "blueprint.yaml:12", for a comment beside what it caused."""
        at = self.source.position(path)
        return f"{self.label(at.file)}:{at.line}"

    def label(self, file: str) -> str:
        """Return the name of a file as seen from the blueprint's folder: blueprint.yaml, ../base.yaml."""
        return relpath(file, File(self.source.source.file).parent).replace("\\", "/")


def load(path: File) -> Loaded:
    """Return the blueprint in a file; raises FindingsError with all mistakes of the first phase that has any."""
    return _loaded(read(path))


def loads(text: str, file: str = "blueprint.yaml") -> Loaded:
    """Return the blueprint in a text; raises FindingsError with all mistakes of the first phase that has any."""
    return _loaded(source_of(text, file))


def _loaded(source: SourceText) -> Loaded:
    if PLACEHOLDER.search(source.text):
        from rackwright.blueprint.placeholders import in_text

        if unread := tuple(in_text(source)):
            raise FindingsError(unread)
    root = compose(source)
    if root is None:
        raise whole(source.file, problems.EMPTY, "there is no blueprint in it", "rackwright new NAME writes one")
    if "blueprint" not in root.entries:
        from rackwright.blueprint.others import of_another_tool

        if other := of_another_tool(root):
            hint = "rackwright new NAME writes a blueprint: networks, storage and clusters stand below its sites"
            raise whole(source.file, problems.EMPTY, f"this is {other}", hint)
    refuse_other(source, root)
    if EXTENDS not in source.text and BASES not in root.entries:
        places = _filled(SourceMap(source, root), source)
        return _checked(Loaded(validated(Blueprint, places), source.text, places))
    from rackwright.blueprint.inheritance import inherit

    inherited = inherit(source, root)
    places = _filled(SourceMap(source, inherited.root), source, *inherited.bases)
    blueprint = validated(Blueprint, places)
    return _checked(Loaded(blueprint, source.text, places, inherited.bases, inherited.findings))


def _filled(places: SourceMap, *sources: SourceText) -> SourceMap:
    """Return the places of a blueprint whose values mean themselves; raises FindingsError for placeholders."""
    if any(PLACEHOLDER.search(source.text) for source in sources):
        from rackwright.blueprint.placeholders import in_values

        if found := in_values(places):
            raise FindingsError(found)
    return places


def _checked(loaded: Loaded) -> Loaded:
    """Return a blueprint in which every reader of YAML finds the same numbers; raises FindingsError for another."""
    if any(DOUBTFUL.search(text) for text in (loaded.text, *(base.text for base in loaded.bases))):
        from rackwright.blueprint.zeros import zeros

        if found := zeros(loaded.source):
            raise FindingsError(found)
    return loaded


def validated(model: type[Checked], places: SourceMap) -> Checked:
    """Return what was parsed as a model; raises FindingsError with all mistakes."""
    try:
        return model.model_validate(places.root.data)
    except ValidationError as refused:
        from rackwright.blueprint.mistakes import findings_of

        errors: list[Any] = list(refused.errors(include_url=False))
        found = findings_of(errors, model.__pydantic_core_schema__, places)
        raise FindingsError(places.located(found)) from None
