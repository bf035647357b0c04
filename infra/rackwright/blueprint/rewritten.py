"""How to write what was probably meant: hints for values of the wrong type, form or size."""

from __future__ import annotations

import re
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from rackwright.blueprint.model import BUCKET, CIDR, CRYPTO_KEY, FILE_SYSTEM, FORMS, INSTANCE, NAME, PREFIX, SIZE
from rackwright.blueprint.shape import Schema, described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.diagnostics import Path

BOOLEANS = {
    **dict.fromkeys(("yes", "on", "y", "true", "enabled"), "true"),
    **dict.fromkeys(("no", "off", "n", "false", "disabled"), "false"),
}
"""What YAML 1.1 and other tools take for true and false."""
ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
COUNTED = re.compile(r"([A-Za-z][\w-]*):(\d+)")
"""So many accelerators, as other tools write them: H100:8."""
TPU = re.compile(r"(tpu-?)?v[2-7]\w*-\d+|tpu7x-\d+")
SIZED = re.compile(r"([1-9][0-9]{0,6}) ?([GT])(i?B|i)?", re.IGNORECASE)
MASKS = {str(IPv4Network(f"0.0.0.0/{length}").netmask): length for length in range(8, 33)}
"""The length of a block by its mask."""
SCALED = re.compile(r"\$? ?([0-9][0-9_,]*)( ?[kKmM])?")
SCALES = {"k": 1_000, "m": 1_000_000, "": 1}
LONG = re.compile(r"([0-9]+) ?([smh])[a-z]*")
SECONDS = {"s": 1, "m": 60, "h": 3600}
HOURS = re.compile(r"([0-9]+):00(:00)?")
MEASURED = re.compile(r"([0-9]+) ?[A-Za-z%][A-Za-z%/ ]*")
RANGE = re.compile(r"[0-9]+ ?(-|\.\.|:) ?[0-9]+")
ADDRESSED = re.compile(r"(?:s3|gs)://([a-z0-9][a-z0-9._-]+)/?")
ALONE = {
    "budget": "usd_per_month",
    "dns": "zone",
    "existing": "name",
    "keys": "existing",
    "monitoring": "notify",
    "network": "cidr",
    "proxy": "url",
}
"""Mappings of which others know one value alone, by the key that it is."""
MAPPINGS = {
    "labels": "{KEY: VALUE}",
    "lifecycle": "{PREFIX/: {expire_after_days: NUMBER}}",
    "mounts": "{/data: NAME}, with names of the site's storage",
    "quotas": "{CODE: NUMBER}",
    "subnets": "{ZONE: SUBNET}",
}
"""How mappings are written that others have as lists."""


def reformed(path: Path, pattern: str, given: str) -> str:
    """Return how to write a text of the wrong form."""
    if pattern == CIDR:
        return _block(path, given) or f"write {FORMS[pattern]}"
    if pattern == INSTANCE and given.startswith("fs-"):
        return "FSx for Lustre that stands already is not mounted: write size: for one of the site's own"
    if pattern == NAME and (known := stored(given)):
        return known
    near = _near(pattern, given)
    return f"did you mean '{near}'?" if near != given and re.search(pattern, near) else f"write {FORMS[pattern]}"


def swapped(path: Path, pattern: str, value: object) -> str:
    """Return how to write an entry whose name and value stand in each other's place; blank where they do not."""
    fits = isinstance(value, str) and re.search(pattern, value) and re.search(NAME, str(path[-1]))
    return f"write {value}: {path[-1]}" if fits else ""


def stored(given: str) -> str:
    """Return how storage that stands already is named; blank where nothing says that it is some."""
    if bucket := ADDRESSED.fullmatch(given):
        return f"name it in the site's storage, as NAME: {{kind: object, existing: {{name: {bucket[1]}}}}}"
    if re.fullmatch("fs-[0-9a-f]+", given):
        return f"name it in the site's storage, as NAME: {{kind: file, existing: {given}}}"
    return ""


def retyped(kind: str, path: Path, given: Any, raw: str, schema: Schema | None, rest: Sequence[str]) -> str:
    """Return how to write a value of the wrong type; `rest` are the keys behind it that belong to it."""
    if given is None:
        return "give it a value, or remove the key"
    match kind.partition("_")[0]:
        case "string":
            return _text(path, given, raw, schema)
        case "bool" if str(given).lower() in BOOLEANS:
            return f"write {BOOLEANS[str(given).lower()]}"
        case "int" if isinstance(given, float):
            return _whole(path, given)
        case "int" | "float" if isinstance(given, str):
            return _number(path, given)
        case "model":
            return _mapping(kind, path, given, schema)
        case "dict" if isinstance(given, (list, tuple)):
            return _named(path, given)
        case "dict" if path[-2:-1] == ("overrides",):
            return "arguments stand below the role of their resource, as overrides: {template: {...}}"
        case "tuple" if isinstance(given, dict):
            return f"write [{', '.join(map(str, given))}]"
        case "tuple" if raw:
            return _list(raw, schema, rest)
    return ""


def fraction(given: Any) -> str:
    """Return how to write percents as a part of one; blank where they are none."""
    text = str(given).removesuffix("%").strip()
    percents = float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", text) else 0
    return f"write {percents / 100:g}" if 1 < percents < 100 else ""  # noqa: PLR2004 - a hundred percents


def _block(path: Path, given: str) -> str:
    """Return how to write a network that others write by its mask, its first address or its group."""
    address, _, mask = given.partition("/")
    if ADDRESS.fullmatch(given):
        whole = path[-1:] == ("cidr",)
        return f"write how long it is, as {given}/16" if whole else f"a single address is the block {given}/32"
    if ADDRESS.fullmatch(address) and mask in MASKS:
        return f"did you mean '{address}/{MASKS[mask]}'?"
    if given.startswith("sg-"):
        return "write blocks of addresses, as 10.40.0.0/16, not security groups"
    return "networks are IPv4, as 10.40.0.0/16" if ":" in given else ""


def _near(pattern: str, given: str) -> str:
    """Return what was probably meant in the form of a pattern, or not."""
    if pattern == SIZE and (sized := SIZED.fullmatch(given)):
        return f"{sized[1]}{sized[2].upper()}iB"
    if pattern == NAME:
        return re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")
    if pattern == PREFIX:
        return f"{given.strip('/')}/"
    if pattern == BUCKET:
        return re.sub("^([a-z0-9]+://|arn:[a-z-]+:s3:::)", "", given).partition("/")[0]
    if pattern == FILE_SYSTEM:
        return found[0] if (found := re.search(r"\bfs-[0-9a-f]{8,17}\b", given)) else given
    return given.partition("/cryptoKeyVersions/")[0] if pattern == CRYPTO_KEY else given


def _text(path: Path, given: Any, raw: str, schema: Schema | None) -> str:
    if isinstance(given, (list, tuple)) and path[-1:] == ("command",):
        return f"write one line: {' '.join(map(str, given))}"
    if isinstance(given, (list, tuple)):
        return f"write one: {given[0]}" if given and isinstance(given[0], str) else ""
    if isinstance(given, dict):
        return f"write {path[-1]}: NAME, with a name of the site's storage" if "mounts" in path[-2:-1] else ""
    pattern = (schema or {}).get("pattern", "")
    if not raw:
        return ""
    if pattern == SIZE:
        return f"write it with its unit, as {raw}GiB" if re.search(SIZE, f"{raw}GiB") else f"write {FORMS[pattern]}"
    return f'quote it: "{raw}"' if re.search(pattern, raw) else f"write {FORMS[pattern]}"


def _number(path: Path, given: str) -> str:
    if given.isdecimal():
        return f"write it without quotes: {given}"
    if path[-1] == "accuracy":
        return fraction(given)
    if RANGE.fullmatch(given) and {"nodes", "slices", "ports"} & set(path[-3:]):
        return "write each port" if "ports" in path[-3:] else "write one number: nothing scales a cluster"
    if path[-1] in {"hour", "hours"} and (hours := HOURS.fullmatch(given)):
        return f"write {int(hours[1])}"
    if path[-1] == "timeout" and (long := LONG.fullmatch(given)):
        return f"write {int(long[1]) * SECONDS[long[2]]}, in seconds"
    scaled = SCALED.fullmatch(given)
    if scaled and (path[-1] == "usd_per_month" or not scaled[2]):
        return f"write {int(re.sub('[_,]', '', scaled[1])) * SCALES[(scaled[2] or '').strip().lower()]}"
    measured = MEASURED.fullmatch(given)
    return f"write the number alone: {measured[1]}" if measured else ""


def _whole(path: Path, given: float) -> str:
    if {"alerts", "full_percent"} & set(path[-2:]) and 0 < given <= 1:
        return f"write percents: {given * 100:g}"
    return f"write {int(given)}" if given.is_integer() else ""


def _mapping(kind: str, path: Path, given: Any, schema: Schema | None) -> str:
    if kind == "model_attributes_type":
        choices = (schema or {}).get("choices", ())
        return f"its kind says which keys it has: {', '.join(choices)}" if choices else ""
    known, key = described(schema), str(path[-1]) if path else ""
    if isinstance(given, str) and (counted := COUNTED.fullmatch(given)):
        return f"write {key}: {{type: {counted[1]}, count: {counted[2]}}}"
    if key == "accelerator" and isinstance(given, str):
        tpu = TPU.fullmatch(given) is not None
        return "TPUs are Google Cloud's" if tpu else f"write accelerator: {{type: {given}, count: NUMBER}}"
    alone = "kind" if "kind" in known else "vpc" if "vpc" in known else ALONE.get(key, "")
    if alone in known and isinstance(given, (str, int)) and not isinstance(given, bool):
        one = f"[{given}]" if alone == "notify" else given
        return f"write {key}: {{{alone}: {one}{', ...' if key == 'network' or alone == 'vpc' else ''}}}"
    return "keys: " + ", ".join(known) if known else ""


def _named(path: Path, given: Sequence[Any]) -> str:
    if known := MAPPINGS.get(str(path[-1]) if path else ""):
        return f"write {path[-1]}: {known}"
    names = [item["name"] for item in given if isinstance(item, dict) and isinstance(item.get("name"), str)]
    return f"write each under its name, as `{names[0] if names else 'name'}: {{...}}`"


def _list(raw: str, schema: Schema | None, rest: Sequence[str]) -> str:
    bare = raw.strip("'\"")
    parts = [part.strip() for part in bare.split(",")] if "," in bare else bare.split() if " " in bare else [raw]
    items = (schema or {}).get("items_schema", ())
    pattern = items[0].get("pattern", "") if items else ""
    if pattern in FORMS and not all(re.search(pattern, part) for part in parts):
        return f"write a list, each of it {FORMS[pattern]}"
    return f"write [{', '.join([*parts, *rest])}]"
