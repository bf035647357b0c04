"""Runs in the child process: one program against one engine. Standard library and pulumi only.

Start as `python child.py REQUEST`, REQUEST being JSON: directory, project, stack, organization, root, monitor,
engine, dry_run. Exit code 0, or 32 where the failure was already told to the engine, or 1.
"""

from __future__ import annotations

import asyncio
import json
import os
import runpy
import sys
from typing import Any

TOLD = 32


def run(request: dict[str, Any]) -> int:
    """Return the exit code of the program; it sees the directory, arguments and path that Pulumi gives it."""
    from pulumi import RunError
    from pulumi.runtime import configure, run_in_stack, set_all_config
    from pulumi.runtime.config import get_config_env, get_config_secret_keys_env
    from pulumi.runtime.settings import Settings

    os.chdir(request["directory"])
    sys.argv = ["."]
    set_all_config(get_config_env(), get_config_secret_keys_env())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    configure(
        Settings(
            project=request["project"],
            stack=request["stack"],
            monitor=request["monitor"],
            engine=request["engine"],
            parallel=16,
            dry_run=request["dry_run"],
            organization=request["organization"],
            root_directory=request["root"],
        )
    )
    try:
        loop.run_until_complete(run_in_stack(_program))
    except RunError as told:
        sys.stderr.write(f"{told}\n")
        return TOLD
    return 0


def _program() -> None:
    runpy.run_path(".", run_name="__main__")


if __name__ == "__main__":
    sys.path.pop(0)
    sys.exit(run(json.loads(sys.argv[1])))
