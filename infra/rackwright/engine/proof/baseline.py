"""What an SDK adds to a provider by itself: found by running a program that holds nothing but a bare provider."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.engine.answers import DryRun
from rackwright.engine.embedded import SDK, Program, run
from rackwright.system.files import write_atomic

if TYPE_CHECKING:
    from rackwright.engine.records import Registration


@cache
def sdk_defaults(cloud: str) -> Registration:
    """Return the registration of a provider that was given nothing."""
    with tempfile.TemporaryDirectory(prefix="rackwright-baseline-") as folder:
        module = SDK[cloud]
        write_atomic(Path(folder) / "__main__.py", f'import {module}\n\n{module}.Provider("baseline")\n')
        recording = run(Program(Path(folder), "baseline", "baseline", cloud), DryRun({}))
    (found,) = recording.by_urn().values()
    return found
