"""Asking a cloud's own command line, which has the user's credentials."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError
from rackwright.system import processes

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 60


def ask(command: Sequence[str], *, hint: str) -> Any:
    """Return the JSON that a command prints; raises StepError with the command and what it said last."""
    done = processes.run(command, timeout=SECONDS)
    try:
        if done.ok:
            return json.loads(done.out or "null")
    except ValueError:
        pass
    said = (done.err.strip() or done.out.strip() or "nothing").splitlines()[-1]
    ended = f"took more than {SECONDS} s" if done.code is None else f"ended with code {done.code}"
    raise StepError(f"`{' '.join(command[:6])}` {ended}: {said}", hint=hint)
