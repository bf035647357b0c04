"""AWS's own API as a provider: boto3 underneath, and whatever answers it. What the API lacks is kept in a list."""

from __future__ import annotations

import re
from typing import Any

import boto3
import jmespath
from botocore.exceptions import ClientError
from tests.engine.aws_api.calls import CALLS, Call
from tests.engine.aws_api.settings import SETTINGS
from tests.engine.aws_api.shaped import parameters

from rackwright.diagnostics import StepError
from rackwright.engine.provider import Change, Failure, Made
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.engine.rehearsal.outputs import Identity, outputs_of

NO_CALL = "no call is written for it"
GET_AMI = "aws:ec2/getAmi:getAmi"
NAMED = ("aws:ec2/launchTemplate:", "aws:iam/instanceProfile:", "aws:iam/rolePolicy:", "aws:sns/topic:")
"""Settings that the provider gives a name where the program gives none."""


class AwsApi:
    """Resources made through AWS's API; those of other types are the rehearsal cloud's, and are named in `lacking`.

    Outputs that the API does not return are the rehearsal cloud's typed stand-ins.
    """

    def __init__(self, account: str, region: str) -> None:
        self._identity = Identity(account, region)
        self._region = region
        self._instead = RehearsalCloud(account, region)
        self.created: dict[str, dict[str, Any]] = {}  # by id: the inputs of what exists
        self.lacking: dict[str, str] = {}

    def check(self, urn: str, kind: str, inputs: dict[str, Any]) -> tuple[Failure, ...]:
        """Return what the SDK's schema refuses; the API checks the rest when it is called."""
        return tuple(one for one in self._instead.check(urn, kind, inputs) if "does not exist" not in one.reason)

    def diff(self, kind: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
        """Return the inputs that differ."""
        return self._instead.diff(kind, old, new)

    def create(self, urn: str, kind: str, inputs: dict[str, Any]) -> Made:
        """Create a resource; raises StepError with the API's own words where it refuses."""
        if kind not in CALLS and kind not in SETTINGS:
            self.lacking.setdefault(kind, NO_CALL)
            return self._instead.create(urn, kind, inputs)
        inputs = {"name": _name(urn), **inputs} if kind.startswith(NAMED) else inputs
        try:
            identity, real = self._made(urn, kind, inputs)
        except NotImplementedError as lacking:
            self.lacking.setdefault(kind, str(lacking) or "the API has no such operation here")
            return self._instead.create(urn, kind, inputs)
        except ClientError as refused:
            raise StepError(f"{kind} {urn.rpartition('::')[2]!r}: {refused}") from refused
        if not _goes_with_owner(kind):
            self.created[identity] = inputs
        known = {name: one for name, one in real.items() if one is not None}
        return Made(identity, {**outputs_of(urn, kind, inputs, self._identity).outputs, **inputs, **known})

    def read(self, kind: str, identity: str) -> Made | None:
        """Return nothing: programs read no resources."""
        return None

    def update(self, urn: str, kind: str, identity: str, inputs: dict[str, Any]) -> Made:
        """Refuse: the proof creates and deletes."""
        raise StepError(f"{urn}: changing resources through the API is not tried")

    def delete(self, kind: str, identity: str) -> None:
        """Delete a resource; raises StepError with the API's own words where it refuses."""
        inputs = None if _goes_with_owner(kind) else self.created.pop(identity, None)
        if inputs is None:
            self._instead.delete(kind, identity)
            return
        try:
            self._removed(kind, identity, inputs)
        except ClientError as refused:
            raise StepError(f"{kind} {identity}: {refused}") from refused

    def invoke(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the result of a data source; images are registered first, for the API here has none of theirs."""
        result = self._instead.invoke(token, arguments)
        if token != GET_AMI:
            return result
        name = next(one["values"][0] for one in arguments["filters"] if one["name"] == "name").replace("*", "0")
        return {**result, "id": self._client("ec2").register_image(Name=name, Architecture="x86_64")["ImageId"]}

    def _client(self, service: str) -> Any:
        return boto3.client(service, region_name=self._region)

    def _made(self, urn: str, kind: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        setting, call = SETTINGS.get(kind), CALLS.get(kind)
        if setting is not None:
            return setting.make(self._client(setting.service), inputs)
        assert call is not None
        return self._called(urn, call, inputs)

    def _called(self, urn: str, call: Call, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        client = self._client(call.service)
        method = client.meta.method_to_api_mapping[call.operation]
        shape = client.meta.service_model.operation_model(method).input_shape
        tagged = "Tags" in shape.members
        passed = {key: one for key, one in inputs.items() if key not in call.apart and (tagged or key != "tags")}
        given = {**call.fixed, **parameters(passed, shape, call.renames)}
        if call.name:
            given.setdefault(call.name, _name(urn))
        answer = getattr(client, call.operation)(**given)
        identity = jmespath.search(call.identity, answer) if call.identity else given[call.name or "logGroupName"]
        if call.after:
            call.after(client, identity, inputs)
        found = {wire: jmespath.search(path, answer) if path else identity for wire, path in call.outputs.items()}
        return identity, found

    def _removed(self, kind: str, identity: str, inputs: dict[str, Any]) -> None:
        setting, call = SETTINGS.get(kind), CALLS.get(kind)
        if setting is not None and setting.unmake is not None:
            setting.unmake(self._client(setting.service), identity, inputs)
        if call is not None:
            operation, name = call.delete
            many = name.endswith(("Ids", "Names"))
            getattr(self._client(call.service), operation)(**{name: [identity] if many else identity})


def _goes_with_owner(kind: str) -> bool:
    """Return whether a type is a setting of another resource, whose id it has and with which it goes."""
    setting = SETTINGS.get(kind)
    return setting is not None and setting.unmake is None


def _name(urn: str) -> str:
    """Return a name as Pulumi gives one: of the logical name, unique by the stack."""
    stack, name = urn.split("::", maxsplit=1)[0].rpartition(":")[2], urn.rpartition("::")[2]
    return re.sub(r"[^a-z0-9-]", "-", f"{stack}-{name}".lower())[:60]
