"""Where what may be kept between runs stands."""

from __future__ import annotations

import os
from pathlib import Path


def cache() -> Path:
    """Return the folder for what may be kept between runs: $RACKWRIGHT_CACHE, else ~/.cache/rackwright."""
    return Path(os.environ.get("RACKWRIGHT_CACHE") or Path.home() / ".cache" / "rackwright")
