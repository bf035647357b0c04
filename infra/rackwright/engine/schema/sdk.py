"""Finding classes and types in the installed SDKs by Pulumi token.

`pulumi._types` is private to Pulumi: everything that is used of it is used in this folder, and tests pin it.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import Any, get_type_hints

from rackwright.diagnostics import StepError

PROVIDER = "pulumi:providers:"


@cache
def resource_class(token: str) -> Any:
    """Return the SDK's class of a resource token, as aws:ec2/vpc:Vpc; raises StepError where there is none."""
    if token.startswith(PROVIDER):
        return importlib.import_module(f"pulumi_{token.removeprefix(PROVIDER)}").Provider
    found = getattr(_module(token), _name(token), None)
    if getattr(found, "pulumi_type", None) != token:
        raise StepError(f"the installed SDK has no resource {token}")
    return found


@cache
def args_class(token: str) -> Any:
    """Return the class of a resource's arguments (NameInitArgs where NameArgs is something else)."""
    module, name = resource_class(token).__module__, resource_class(token).__name__
    home = importlib.import_module(module)
    return getattr(home, f"{name}InitArgs", None) or getattr(home, f"{name}Args")


@cache
def input_types(token: str) -> dict[str, Any]:
    """Return the types of a resource's arguments by wire name."""
    from pulumi import _types

    found: dict[str, Any] = _types.input_type_types(args_class(token))
    return found


@cache
def input_names(cls: Any) -> dict[str, str]:
    """Return Python name -> wire name of an input class."""
    from pulumi import _types

    found: dict[str, str] = _types.input_type_py_to_pulumi_names(cls)
    return found


@cache
def output_types(token: str) -> dict[str, Any]:
    """Return the types of a resource's outputs by wire name, its arguments among them; `id` is not listed."""
    from pulumi import _types

    found: dict[str, Any] = _types.resource_types(resource_class(token))
    return found


@cache
def output_names(token: str) -> dict[str, str]:
    """Return Python name -> wire name of a resource's outputs."""
    from pulumi import _types

    found: dict[str, str] = _types.resource_py_to_pulumi_names(resource_class(token))
    return found


@cache
def function_result(token: str) -> Any:
    """Return the class of a function's result, as GetAmiResult for aws:ec2/getAmi:getAmi."""
    name = _name(token)
    found = getattr(_module(token), f"{name[0].upper()}{name[1:]}Result", None)
    if found is None:
        raise StepError(f"the installed SDK has no function {token}")
    return found


@cache
def function_types(token: str) -> dict[str, Any]:
    """Return the types of a function's parameters by Python name, taken from its output form."""
    function = getattr(_module(token), f"{snake(_name(token))}_output")
    hints = get_type_hints(function, localns=_input_names())
    return {name: kind for name, kind in hints.items() if name not in {"return", "opts"}}


def _input_names() -> dict[str, Any]:
    """Return what annotations of the SDKs name without importing it: `pulumi.Input` is spelled with 'Output[T]'."""
    from pulumi import output

    return {"Output": output.Output, "T": output.T}


def snake(camel: str) -> str:
    """Return a camelCase name as the SDKs spell it in Python."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", camel).lower()


def camel(name: str) -> str:
    """Return a snake_case name as functions spell it on the wire."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _module(token: str) -> Any:
    package, middle, _ = token.split(":")
    try:
        return importlib.import_module(f"pulumi_{package}.{middle.partition('/')[0]}")
    except ImportError as missing:
        raise StepError(f"the installed SDK has no module for {token}", hint="check the token") from missing


def _name(token: str) -> str:
    return token.rpartition(":")[2]
