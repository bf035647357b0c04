"""What the keys of a model are for: the docstrings below its fields, read only where somebody asks.

Pydantic can read them itself, from the source of every class whenever the language is loaded; that costs a tenth of a
`check`, which mostly has nothing to say about them.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel


@cache
def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return a model's fields, with what they are for."""
    found = {name: text for base in reversed(model.__mro__) for name, text in _documented(base).items()}
    return {name: found.get(name, "") for name in model.model_fields}


@cache
def _documented(kind: type) -> dict[str, str]:
    """Return the fields that a class of this room declares with a docstring."""
    if not kind.__module__.startswith(f"{__package__}."):
        return {}
    parsed = ast.parse(dedent(inspect.getsource(kind)))
    declared = next(one for one in parsed.body if isinstance(one, ast.ClassDef))
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(declared.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }
