"""Printing Python expressions. Layout is left to the formatter; only correctness is decided here."""

from __future__ import annotations

import json
import keyword
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def literal(value: str | float | bool | None) -> str:  # noqa: FBT001 - a scalar is a scalar
    """Return a scalar as Python source, text in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def call(function: str, arguments: Iterable[str]) -> str:
    """Return a call with one argument a line (the trailing comma asks the formatter to keep it so)."""
    given = list(arguments)
    return f"{function}({', '.join(given)}{',' if len(given) > 1 else ''})"


def inline_call(function: str, arguments: Iterable[str]) -> str:
    """Return a call that stays on one line where it fits."""
    return f"{function}({', '.join(arguments)})"


def keyword_argument(name: str, expression: str) -> str:
    """Return name=expression; a name that Python reserves gets the SDK's trailing underscore."""
    return f"{name}_={expression}" if keyword.iskeyword(name) else f"{name}={expression}"


def list_display(items: Iterable[str]) -> str:
    """Return a list display."""
    return f"[{', '.join(items)}]"


def dict_display(items: Iterable[tuple[str, str]]) -> str:
    """Return a dict display from literal keys to expressions."""
    return "{" + ", ".join(f"{literal(key)}: {expression}" for key, expression in items) + "}"


def f_string(parts: Iterable[tuple[bool, str]]) -> str:
    """Return an f-string of (is expression, text) parts."""
    body = "".join("{" + text + "}" if expression else _escaped(text) for expression, text in parts)
    return f'f"{body}"'


def comment(text: str) -> str:
    """Return `text` as comment lines."""
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


def snake(camel: str) -> str:
    """Return a camelCase name as Pulumi's Python SDKs spell it."""
    return _WORD.sub("_", camel).lower()


def _escaped(text: str) -> str:
    return literal(text)[1:-1].replace("{", "{{").replace("}", "}}")
