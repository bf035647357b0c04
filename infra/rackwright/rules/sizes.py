"""Texts that a cloud takes in a size or form only: policies, and what a machine is given to run at its first boot."""

from __future__ import annotations

import base64
import binascii
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Concat, Json, List, Lit, Map, Out, Plan, Resource, Value
from rackwright.rules.inputs import resources
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = "arn:aws:s3:::abc"
"""Stands for a text that only the cloud knows: no ARN is shorter."""
USER_DATA_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """The most characters of a policy, white space not counted; those of one `owner` are counted together."""

    type: str
    argument: str
    characters: int
    owner: str = ""


LIMITS = (
    Limit("aws:iam/policy:Policy", "policy", 6_144),
    Limit("aws:iam/rolePolicy:RolePolicy", "policy", 10_240, "role"),
    Limit("aws:iam/role:Role", "assume_role_policy", 2_048),
)
USER_DATA = {
    "aws:ec2/instance:Instance": ("user_data", False),
    "aws:ec2/launchTemplate:LaunchTemplate": ("user_data", True),
}
"""Type -> argument, and whether it is Base64."""


class LongPolicy(Rule[Plan]):
    """A policy that IAM refuses for its size."""

    problem = Problem(
        "PLAN-E124",
        Severity.ERROR,
        "A policy is longer than IAM takes",
        "A managed policy has at most 6,144 characters, all inline policies of a role together 10,240, a trust policy "
        "2,048; white space is not counted. What only AWS knows is counted at its shortest.",
        "storage: {datasets: {kind: object}}",
        ("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every policy, and at those of one role together."""
        for limit in LIMITS:
            sizes: defaultdict[str, int] = defaultdict(int)
            for resource, text in _texts(subject, limit.type, limit.argument):
                owner = dict(resource.inputs).get(limit.owner)
                name = owner.node if isinstance(owner, Out) else resource.key
                before, sizes[name] = sizes[name], sizes[name] + len("".join(text.split()))
                if before <= limit.characters < sizes[name]:
                    message = f"{resource.key}: at least {sizes[name]:,} characters, of {limit.characters:,}"
                    yield self.problem.at(resource.origin, message)


class LongUserData(Rule[Plan]):
    """User data that EC2 refuses for its size."""

    problem = Problem(
        "PLAN-E125",
        Severity.ERROR,
        "User data is longer than EC2 takes",
        "EC2 takes 16 KiB of user data, before it is encoded. What is longer belongs into the image or a bucket.",
        "image: ami-0123456789abcdef0",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at instances and launch templates."""
        for kind, (argument, encoded) in USER_DATA.items():
            for resource, text in _texts(subject, kind, argument):
                size = (_decoded(text) or 0) if encoded else len(text.encode())
                if size > USER_DATA_BYTES:
                    message = f"{resource.key}: {size:,} bytes of user data, of {USER_DATA_BYTES:,}"
                    yield self.problem.at(resource.origin, message)


class PlainUserData(Rule[Plan]):
    """User data of a launch template as it is written."""

    problem = Problem(
        "PLAN-E127",
        Severity.ERROR,
        "User data of a launch template is not encoded",
        "A launch template takes user data in Base64; EC2 refuses any other text. An instance takes it as it is "
        "written.",
        "overrides: {template: {user_data: IyEvYmluL2Jhc2gK}}   # base64 -w0 script.sh",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestLaunchTemplateData.html",
            "https://github.com/pulumi/pulumi-aws/issues/2284",
        ),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at what is known of every launch template."""
        for kind, (argument, encoded) in USER_DATA.items():
            for resource, text in _texts(subject, kind, argument) if encoded else ():
                if SHORTEST not in text and _decoded(text) is None:
                    message = f"{resource.key}: its user data is not Base64"
                    yield self.problem.at(resource.origin, message, "write what `base64 -w0` makes of it")


def _texts(plan: Plan, kind: str, argument: str) -> Iterator[tuple[Resource, str]]:
    """Yield the resources of a type that give an argument, with its text at its shortest."""
    for resource, _ in resources(plan):
        given = dict(resource.inputs).get(argument)
        if resource.type == kind and given is not None:
            yield resource, _shortest(given)


def _shortest(value: Value) -> str:
    """Return a value as text, with the shortest ARN for what is not known yet."""
    match value:
        case Json(inner):
            return json.dumps(_data(inner), separators=(",", ":"), ensure_ascii=False)
        case Concat(parts):
            return "".join(map(_shortest, parts))
        case Lit(scalar):
            return str(scalar)
        case _:
            return SHORTEST


def _data(value: Value) -> object:
    match value:
        case Lit(scalar):
            return scalar
        case List(items):
            return [_data(item) for item in items]
        case Map(items):
            return {key: _data(item) for key, item in items}
        case _:
            return _shortest(value)


def _decoded(text: str) -> int | None:
    """Return how many bytes Base64 stands for; None where it is not Base64."""
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return None


RULES: tuple[Rule[Plan], ...] = (LongPolicy(), LongUserData(), PlainUserData())
