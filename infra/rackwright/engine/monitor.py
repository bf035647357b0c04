"""The two services a Pulumi program talks to, on loopback: ResourceMonitor and Engine."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, resource_pb2, resource_pb2_grpc

from rackwright.diagnostics import StepError
from rackwright.engine.records import (
    REFERENCE_TYPE,
    STACK_TYPE,
    InvokeRecord,
    ReadRecord,
    Recording,
    Registration,
    Secret,
    urn_of,
)
from rackwright.engine.wire import decode, encode

if TYPE_CHECKING:
    from rackwright.engine.answers import Answerer

FEATURES = (
    "RESOURCE_MONITOR_FEATURE_SECRETS",
    "RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES",
    "RESOURCE_MONITOR_FEATURE_ALIAS_SPECS",
    "RESOURCE_MONITOR_FEATURE_DELETED_WITH",
)
"""What this engine does; a program's SDK asks for nothing else."""

SEVERITIES = {0: "debug", 1: "info", 2: "warning", 3: "error"}


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Records what the program registers and passes each question to the answerer, one at a time."""

    def __init__(self, stack: str, project: str, answerer: Answerer, recording: Recording) -> None:
        self._stack, self._project = stack, project
        self._answerer, self._recording = answerer, recording
        self._lock = threading.Lock()
        self._urns: set[str] = set()
        self.failure: StepError | None = None

    def GetDeploymentInfo(self, request: Any, context: Any) -> Any:
        """Say which features this engine has."""
        values = [resource_pb2.ResourceMonitorFeature.Value(name) for name in FEATURES]
        return resource_pb2.DeploymentInfo(supportedFeatures=values)

    def SupportsFeature(self, request: Any, context: Any) -> Any:
        """Say whether one feature is there, as older SDKs ask."""
        known = {name.removeprefix("RESOURCE_MONITOR_FEATURE_").lower() for name in FEATURES}
        spelled = {"aliasSpecs": "alias_specs", "resourceReferences": "resource_references"}
        return resource_pb2.SupportsFeatureResponse(hasSupport=spelled.get(request.id, request.id) in known)

    def RegisterResource(self, request: Any, context: Any) -> Any:
        """Record a resource and return its URN, id and outputs."""
        urn = urn_of(self._stack, self._project, request.type, request.name, request.parent)
        asked = registration(urn, request)
        with self._lock:
            if urn in self._urns:
                context.abort(grpc.StatusCode.ALREADY_EXISTS, f"two resources have the URN {urn}")
            self._urns.add(urn)
            self._recording.registrations.append(asked)
            if not asked.custom:
                return resource_pb2.RegisterResourceResponse(urn=urn)
            answer = self._ask(context, lambda: self._answerer.resource(asked))
        return resource_pb2.RegisterResourceResponse(urn=urn, id=answer.id, object=encode(answer.outputs))

    def RegisterResourceOutputs(self, request: Any, context: Any) -> Any:
        """Keep the outputs of the stack itself."""
        if f"::{STACK_TYPE}::" in request.urn:
            self._recording.exports.update(decode(request.outputs))
        return Empty()

    def ReadResource(self, request: Any, context: Any) -> Any:
        """Answer a reference to another stack."""
        urn = urn_of(self._stack, self._project, request.type, request.name, request.parent)
        asked = ReadRecord(urn, request.type, request.name, decode(request.properties))
        with self._lock:
            self._recording.reads.append(asked)
            outputs = self._ask(context, lambda: self._reference(asked))
        secrets = [name for name, value in outputs.items() if isinstance(value, Secret)]
        properties = {**asked.properties, "outputs": outputs, "secretOutputNames": secrets}
        return resource_pb2.ReadResourceResponse(urn=urn, properties=encode(properties))

    def Invoke(self, request: Any, context: Any) -> Any:
        """Answer a data source."""
        asked = InvokeRecord(request.tok, decode(request.args), request.provider)
        with self._lock:
            self._recording.invokes.append(asked)
            result = self._ask(context, lambda: self._answerer.invoke(asked))
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(result))
        return response

    def SignalAndWaitForShutdown(self, request: Any, context: Any) -> Any:
        """Let the program end when it is done."""
        return Empty()

    def _reference(self, asked: ReadRecord) -> dict[str, Any]:
        if asked.type != REFERENCE_TYPE:
            raise StepError(f"reading {asked.type} needs a cloud; the embedded engine has none")
        return self._answerer.reference(asked)

    def _ask(self, context: Any, question: Any) -> Any:
        """Return the answer; whatever goes wrong ends the program's call and is kept as the cause."""
        try:
            return question()
        except StepError as failed:
            self.failure = self.failure or failed
            context.abort(grpc.StatusCode.UNKNOWN, failed.message)
        except Exception as defect:
            self.failure = self.failure or StepError(
                f"{type(defect).__name__}: {defect}", hint="this is a defect: report it"
            )
            raise


class EngineService(engine_pb2_grpc.EngineServicer):
    """Takes log messages, and remembers the root resource."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._root = ""

    def Log(self, request: Any, context: Any) -> Any:
        """Keep a message; debugging chatter is dropped."""
        severity = SEVERITIES.get(request.severity, "info")
        if severity != "debug":
            self._recording.log.append((severity, request.message))
        return Empty()

    def GetRootResource(self, request: Any, context: Any) -> Any:
        """Return the root resource."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def SetRootResource(self, request: Any, context: Any) -> Any:
        """Remember the root resource."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()


def registration(urn: str, request: Any) -> Registration:
    """Return a RegisterResourceRequest as plain data."""
    properties = {name: frozenset(deps.urns) for name, deps in request.propertyDependencies.items()}
    return Registration(
        urn=urn,
        type=request.type,
        name=request.name,
        custom=request.custom,
        parent=request.parent,
        inputs=decode(request.object),
        provider=request.provider,
        dependencies=frozenset(request.dependencies),
        property_dependencies={name: urns for name, urns in properties.items() if urns},
        options=_options(request),
    )


def _options(request: Any) -> dict[str, Any]:
    times = request.customTimeouts
    given = {
        "protect": request.protect,
        "retain_on_delete": request.retainOnDelete,
        "delete_before_replace": request.deleteBeforeReplace,
        "ignore_changes": tuple(request.ignoreChanges),
        "replace_on_changes": tuple(request.replaceOnChanges),
        "additional_secret_outputs": tuple(request.additionalSecretOutputs),
        "aliases": tuple(alias.spec.name for alias in request.aliases if alias.spec.name),
        "timeouts": (times.create, times.update, times.delete),
        "import_id": request.importId,
    }
    return {name: value for name, value in given.items() if value and value != ("", "", "")}
