"""Writing files so that nothing is ever left half-written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_atomic(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Write `text` to `path` in one step: readers see the old file or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_tree(root: Path, files: Mapping[str, str]) -> None:
    """Make the folder `root` hold exactly `files` (relative path to text): staged beside it, then swapped in."""
    root.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name}.new-"))
    old = root.parent / f".{root.name}.old-{os.getpid()}"
    try:
        staged.chmod(0o755)
        for name, text in files.items():
            target = staged / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        if root.exists():
            root.rename(old)
        staged.rename(root)
    except BaseException:
        if old.exists() and not root.exists():
            old.rename(root)
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def read_tree(root: Path) -> dict[str, str]:
    """Return every text file below `root` by relative path, without bytecode caches; empty where there is none."""
    if not root.is_dir():
        return {}
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def remove_tree(root: Path) -> None:
    """Delete the folder `root` and everything in it."""
    shutil.rmtree(root)
