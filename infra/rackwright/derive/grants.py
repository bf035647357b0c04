"""Grants as the clouds take them: IAM policy documents of AWS, custom roles of Google Cloud."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.derive.permissions import Grant

Document: TypeAlias = dict[str, Any]
Statement: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], str, str, tuple[str, ...]]
"""Actions, resources, permissions boundary, condition key and its values."""
BOUNDARY = "iam:PermissionsBoundary"
POLICY_CHARACTERS = 6144
"""The most that a managed policy of AWS holds, white space not counted."""


def policies(given: Iterable[Grant]) -> tuple[Document, ...]:
    """Return the policy documents that grant this, as few as fit in managed policies."""
    documents: list[list[Document]] = [[]]
    for statement in (part for one in _statements(given) for part in _fitting(one)):
        if size(_document([*documents[-1], statement])) > POLICY_CHARACTERS:
            documents.append([])
        documents[-1].append(statement)
    return tuple(_document(statements) for statements in documents if statements)


def role(title: str, given: Iterable[Grant]) -> Document:
    """Return the custom role that grants this, as `gcloud iam roles create --file` takes it."""
    permissions = sorted({one.action for one in given})
    return {"title": title, "stage": "GA", "includedPermissions": permissions}


def size(document: Document) -> int:
    """Return how many characters AWS counts of a policy document."""
    return len(json.dumps(document, separators=(",", ":")))


def _document(statements: list[Document]) -> Document:
    return {"Version": "2012-10-17", "Statement": statements}


def _statements(given: Iterable[Grant]) -> list[Statement]:
    """Return grants gathered: actions of a resource, resources of the same actions, values of the same condition."""
    actions: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for one in given:
        actions[one.resource, one.boundary, one.key, one.value].append(one.action)
    resources: defaultdict[tuple[tuple[str, ...], str, str, str], list[str]] = defaultdict(list)
    for (resource, boundary, key, value), found in actions.items():
        resources[tuple(sorted(found)), boundary, key, value].append(resource)
    values: defaultdict[tuple[tuple[str, ...], tuple[str, ...], str, str], list[str]] = defaultdict(list)
    for (found_actions, boundary, key, value), found in resources.items():
        values[found_actions, tuple(sorted(found)), boundary, key].append(value)
    return sorted((*parts, tuple(sorted(found))) for parts, found in values.items())


def _fitting(statement: Statement) -> list[Document]:
    """Return a statement, or as many of a share of its resources or actions as fit in a document each."""
    actions, resources, boundary, key, values = statement
    allowed: Document = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    conditions = _conditions(boundary, key, values)
    if conditions:
        allowed["Condition"] = conditions
    if size(_document([allowed])) <= POLICY_CHARACTERS:
        return [allowed]
    long, short = (resources, actions) if len(resources) > 1 else (actions, resources)
    halves = (long[: len(long) // 2], long[len(long) // 2 :])
    parts = [(short, half) if long is resources else (half, short) for half in halves]
    return [one for part in parts for one in _fitting((*part, boundary, key, values))]


def _conditions(boundary: str, key: str, values: tuple[str, ...]) -> dict[str, dict[str, list[str]]]:
    """Return what must hold, operator -> key -> values; all of it must."""
    found: dict[str, dict[str, list[str]]] = {}
    if key:
        found.setdefault(_operator(values), {})[key] = list(values)
    if boundary:
        found.setdefault("StringEquals", {})[BOUNDARY] = [boundary]
    return found


def _operator(values: tuple[str, ...]) -> str:
    return "StringLike" if any("*" in one for one in values) else "StringEquals"
