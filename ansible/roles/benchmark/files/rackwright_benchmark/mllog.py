"""Log lines in the format of MLPerf's logging, for tools that read it. These are no MLPerf results."""

from __future__ import annotations

import json
import time
from typing import IO, Any

POINT, START, END = "POINT_IN_TIME", "INTERVAL_START", "INTERVAL_END"


class Log:
    """Writes one line an event."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def event(self, key: str, value: Any = None, kind: str = POINT, **metadata: Any) -> None:
        """Write an event with the time in milliseconds since 1970."""
        line = {
            "namespace": "rackwright",
            "time_ms": int(time.time() * 1000),
            "event_type": kind,
            "key": key,
            "value": value,
            "metadata": metadata,
        }
        self._stream.write(f":::MLLOG {json.dumps(line)}\n")
        self._stream.flush()
