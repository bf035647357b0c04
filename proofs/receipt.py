"""The receipt of a proof: what was done in whose account, and how it ended; written after every step."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rackwright.system.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
READY = "READY"


@dataclass(slots=True)
class Receipt:
    """One proof, step by step.

    `steps` are those that ended well; `ending` says that destroying has begun; `resources` counts what was made, by
    stack; `left` names what stays in the account all the same; `usd` is unknown until somebody reads it from the bill.
    """

    cloud: str
    account: str
    region: str
    date: str
    simulated: bool
    families: list[str]
    versions: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    resources: dict[str, int] = field(default_factory=dict)
    verdict: str = "NOT_MEASURED"
    ending: bool = False
    destroyed: bool = False
    left: list[str] = field(default_factory=list)
    usd: float | None = None
    format: int = FORMAT

    @property
    def counts(self) -> bool:
        """Whether this proves something: a real account, a cluster that was READY, and nothing that still costs."""
        return not self.simulated and self.verdict == READY and self.destroyed

    @property
    def name(self) -> str:
        """Return the name of the receipt's file."""
        return f"{self.cloud}-{self.date}-{self.region}{'-simulated' if self.simulated else ''}.json"


def redacted(account: str) -> str:
    """Return an account by its last four characters: who knows it recognizes it."""
    return f"...{account[-4:]}"


def save(receipt: Receipt, path: Path) -> None:
    """Write a receipt."""
    write_atomic(path, json.dumps(asdict(receipt), indent=2) + "\n")


def load(path: Path) -> Receipt | None:
    """Return the receipt in a file, None where there is none."""
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Receipt(**found)


def recorded(table: str, receipt: Receipt, path: str) -> str:
    """Return the table of proofs with a receipt's families as `real`; as it was where the receipt proves nothing."""
    if not receipt.counts:
        return table
    rows = list(csv.DictReader(io.StringIO(table)))
    for row in rows:
        if row["cloud"] == receipt.cloud and row["family"] in receipt.families:
            row.update(level="real", date=receipt.date, region=receipt.region, receipt=path)
    written = io.StringIO()
    out = csv.DictWriter(written, rows[0], lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return written.getvalue()
