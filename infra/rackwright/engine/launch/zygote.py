"""A process that has pulumi and a cloud's SDK loaded and forks itself for every run. Standard library and pulumi only.

Start as `python zygote.py MODULE...`. It reads one JSON request a line from standard input (that of child.py, with
`environment` and `stderr`, a file) and answers each with {"pid": N}, later {"pid": N, "code": N}. No gRPC channel
exists before the fork: each child opens its own.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any


def main(modules: list[str]) -> None:
    """Load `modules`, then serve requests until standard input ends."""
    sys.path.insert(0, str(Path(__file__).parent))
    child = importlib.import_module("child")
    sys.path.pop(0)
    for module in ["pulumi", "pulumi.runtime", *modules]:
        loaded = importlib.import_module(module)
        hasattr(loaded, "touched")  # the SDKs load a submodule when it is first asked for something
    _say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become_child(child, request)
        _say({"pid": pid})
        _, status = os.waitpid(pid, 0)
        _say({"pid": pid, "code": os.waitstatus_to_exitcode(status)})


def _become_child(child: Any, request: dict[str, Any]) -> None:
    """Run the request in this forked process and end it without returning."""
    code = 1
    try:
        errors = os.open(request["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(errors, 2)
        os.dup2(errors, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.clear()
        os.environ.update(request["environment"])
        code = child.run(request)
    except BaseException:  # noqa: BLE001 - whatever the program did, this process must end here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.path.pop(0)
    main(sys.argv[1:])
