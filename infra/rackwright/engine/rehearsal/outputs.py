"""What a simulated resource says of itself: its inputs, ids of the cloud's shape, and typed stand-ins for the rest."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from rackwright.diagnostics.record import dataclass
from rackwright.engine.provider import Made
from rackwright.engine.schema import output_types
from rackwright.engine.sentinels import sentinel

DATA = Path(__file__).parent / "data" / "outputs.csv"


@dataclass(frozen=True, slots=True)
class Identity:
    """Where the simulated resources are said to be."""

    account: str
    region: str


def outputs_of(urn: str, kind: str, inputs: dict[str, Any], where: Identity, time: int = 1) -> Made:
    """Return id and outputs of a new resource; they depend on its URN, its inputs and which `time` it is made."""
    words = _words(urn, where, time)
    shapes = {name: text.format(**words) for name, text in templates().get(kind, {}).items()}
    made_up = {name: _stand_in(name, type_, words) for name, type_ in output_types(kind).items() if name not in inputs}
    typed = {name: _typed(text) for name, text in shapes.items() if name != "id"}
    outputs = {**made_up, **inputs, **{name: value for name, value in typed.items() if name not in inputs}}
    if "arn" in made_up and "arn" not in shapes:
        outputs["arn"] = "arn:aws:{service}:{region}:{account}:{name}-{hex7}".format(**words)
    return Made(shapes.get("id", "{name}-{hex7}".format(**words)), outputs)


def _typed(text: str) -> Any:
    """Return a number, a list or a text, as it is written."""
    return json.loads(text) if text.isdecimal() or text.startswith("[") else text


@cache
def templates() -> dict[str, dict[str, str]]:
    """Return resource type -> output -> text with placeholders."""
    found: dict[str, dict[str, str]] = {}
    with DATA.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["type"], {})[row["output"]] = row["template"]
    return found


def _words(urn: str, where: Identity, time: int) -> dict[str, str]:
    digest = hashlib.sha256((urn if time == 1 else f"{urn} {time}").encode()).hexdigest()
    name = urn.rpartition("::")[2]
    service = urn.split("::")[2].split(":")[1].partition("/")[0]
    return {
        "name": name,
        "service": service,
        "account": where.account,
        "region": where.region,
        "hex7": digest[:7],
        "hex8": digest[:8],
        "hex17": digest[:17],
        "uuid": str(UUID(digest[:32])),
    }


def _stand_in(name: str, type_: Any, words: dict[str, str]) -> Any:
    """Return a value of the right type that says it is made up: empty lists and maps rather than invented items."""
    value = sentinel(f"simulated {words['name']}.{name}", type_)
    if isinstance(value, list):
        return []
    return {} if isinstance(value, dict) else value
