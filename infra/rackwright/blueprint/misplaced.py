"""Keys at another level than theirs: above or below where they belong, or beside a mapping that should hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint.whereabouts import NAME, keys_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.blueprint.source_map import SourceMap
    from rackwright.diagnostics import Path


def elsewhere(absent: Iterable[Path], unknown: Iterable[Path]) -> set[Path]:
    """Return the missing keys that stand one level too deep, or any number of levels too high."""
    placed = set(unknown)
    deep = {(*path[:-2], path[-1]) for path in placed if len(path) > 1}
    return {
        path
        for path in absent
        if path in deep or any((*path[:level], path[-1]) in placed for level in range(len(path) - 1))
    }


def loose(absent: Iterable[Path], unknown: Iterable[Path], source: SourceMap) -> dict[Path, list[Path]]:
    """Return each missing mapping with the keys beside it that it should hold: cidr and zones without network."""
    beside = {path: [one for one in unknown if one[:-1] == path[:-1]] for path in absent}
    held = {path: [one for one in others if _holds(path, one, source)] for path, others in beside.items()}
    return {path: ones for path, ones in held.items() if ones}


def gatherer(path: Path, known: Iterable[str], source: SourceMap) -> str:
    """Return the key beside a path under whose names the path's value belongs; blank where there is none."""
    return next((key for key in known if _is_member((*path[:-1], key), path, source)), "")


def _holds(mapping: Path, path: Path, source: SourceMap) -> bool:
    return any(path[-1] in keys for keys in keys_at(mapping)) or _is_member(mapping, path, source)


def _is_member(mapping: Path, path: Path, source: SourceMap) -> bool:
    """Return whether what stands at a path has keys of what a mapping names, and no others."""
    found = source.data(path)
    named = keys_at((*mapping, NAME)) if isinstance(found, dict) and len(found) > 1 else ()
    return any(keys >= found.keys() for keys in named)
