"""manifest.json: the digests that tie a deployed program to what was reviewed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
"""Version of the manifest format; infra/__main__.py reads it with the standard library alone."""


def sha256(text: str) -> str:
    """Return the hex digest of `text` with line endings normalized to a single newline."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def manifest(
    *,
    stack: str,
    blueprint: Mapping[str, str],
    lock: str | None,
    artifacts: Mapping[str, str],
    facts: str,
    compiler: str,
) -> str:
    """Return the manifest of one stack.

    `blueprint` maps the path of the blueprint, then those of the files that it extends, to text; `lock` is the text
    of the lock, if there is one; `artifacts` maps file names below the stack's folder to text; `facts` is the digest of
    the catalog rows that were used.
    """
    read = [{"path": path, "sha256": sha256(text)} for path, text in blueprint.items()]
    programs = {name.removeprefix("program/"): sha256(body) for name, body in artifacts.items() if "program/" in name}
    others = {name: sha256(body) for name, body in artifacts.items() if "program/" not in name}
    document = {
        "format": FORMAT,
        "stack": stack,
        "compiler": compiler,
        "blueprint": read[0] | ({"extends": read[1:]} if read[1:] else {}),
        "lock": None if lock is None else {"sha256": sha256(lock)},
        "facts": facts,
        "program": dict(sorted(programs.items())),
        "artifacts": dict(sorted(others.items())),
    }
    return json.dumps(document, indent=2) + "\n"
