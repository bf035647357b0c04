"""Pulumi's entry: runs the reviewed program of the selected stack, and refuses one that was changed.

Standard library and pulumi only. The program stands in stacks/<datacenter>/<stack>/program; manifest.json beside it
says which bytes were reviewed. `pulumi config set allow-edited-program REASON` deploys an edited one, loudly.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import sys
from pathlib import Path

import pulumi

FORMAT = 1
BREAK_GLASS = "allow-edited-program"


def main() -> None:
    """Run the program of the selected stack."""
    stack = pulumi.get_stack()
    folder = Path.cwd().resolve().parent / "stacks" / stack.partition(".")[0] / stack
    problems = changes(folder, stack)
    reason = pulumi.Config().get(BREAK_GLASS)
    if problems and not reason:
        raise pulumi.RunError(refusal(stack, problems))
    if problems:
        pulumi.log.warn(f"BREAK GLASS ({reason}): deploying a program that was not reviewed: {'; '.join(problems)}")
    program = folder / "program"
    sys.path.insert(0, str(program))
    sys.dont_write_bytecode = True
    runpy.run_path(str(program / "__main__.py"), run_name="__main__")


def changes(folder: Path, stack: str) -> list[str]:
    """Return how the program in `folder` differs from what its manifest says was reviewed."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [f"there is no compiled stack {stack} at {folder}"]
    except ValueError:
        return ["manifest.json is not JSON"]
    if manifest.get("format") != FORMAT or manifest.get("stack") != stack:
        return [f"manifest.json is not one of format {FORMAT} for {stack}"]
    reviewed: dict[str, str] = manifest["program"]
    present = {path.relative_to(folder / "program").as_posix(): path for path in files(folder / "program")}
    missing = [f"{name} is missing" for name in sorted(reviewed.keys() - present.keys())]
    extra = [f"{name} was not reviewed" for name in sorted(present.keys() - reviewed.keys())]
    both = sorted(reviewed.keys() & present.keys())
    return missing + extra + [f"{name} was changed" for name in both if digest(present[name]) != reviewed[name]]


def files(program: Path) -> list[Path]:
    """Return everything a program could import, bytecode caches left out."""
    return [path for path in program.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file with line endings normalized."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def refusal(stack: str, problems: list[str]) -> str:
    """Return why the program is not run, and the ways out."""
    listed = "\n".join(f"  - {problem}" for problem in problems)
    return (
        f"{stack} is not the program that was reviewed:\n{listed}\n"
        f"Change the blueprint and run `rackwright compile {stack.partition('.')[0]}`, have the result reviewed, "
        "and deploy that.\n"
        f"In an emergency: `pulumi config set {BREAK_GLASS} REASON --stack {stack}` deploys it as it is."
    )


main()
