"""The one Jinja2 environment: strict, whitespace-controlled, reading the shipped templates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rackwright.system.shipped import shipped

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment; an unknown name in a template is an error, never empty text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(shipped("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - programs, YAML and Markdown; the HTML report escapes by its own filter
    )


def render(template: str, **context: Any) -> str:
    """Return the text of a shipped template."""
    return environment().get_template(template).render(**context)
