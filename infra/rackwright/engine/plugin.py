"""A provider as a plugin that Pulumi's own engine loads: `python -m rackwright.engine.plugin aws|gcp`.

It serves the rehearsal cloud over Pulumi's provider protocol, so that the real engine can be tried without an
account. What exists is kept in the file $RACKWRIGHT_REHEARSAL, because the engine starts a plugin for every run.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from rackwright.diagnostics import StepError
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.engine.wire import decode, encode, revealed
from rackwright.system.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable

STATE = "RACKWRIGHT_REHEARSAL"
UNCHANGED, CHANGED = provider_pb2.DiffResponse.DIFF_NONE, provider_pb2.DiffResponse.DIFF_SOME


class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """Pulumi's provider protocol in front of the rehearsal cloud."""

    def __init__(self, cloud: RehearsalCloud, package: str, keep: Callable[[], None]) -> None:
        self._cloud, self._package, self._keep = cloud, package, keep

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """Answer with the SDK's version, which the engine compares."""
        return plugin_pb2.PluginInfo(version=version(f"pulumi-{self._package}"))

    def CheckConfig(self, request: Any, context: Any) -> Any:
        """Accept the provider's configuration."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        """Say that the provider's configuration replaces nothing."""
        return provider_pb2.DiffResponse(changes=UNCHANGED)

    def Configure(self, request: Any, context: Any) -> Any:
        """Say what this provider understands."""
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True, acceptResources=False)

    def Check(self, request: Any, context: Any) -> Any:
        """Check a resource's inputs."""
        inputs = revealed(decode(request.news))
        found = self._cloud.check(request.urn, request.type, inputs)
        failures = [provider_pb2.CheckFailure(property=one.property, reason=one.reason) for one in found]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:
        """Compare old and new inputs."""
        old = request.old_inputs if request.HasField("old_inputs") else request.olds
        change = self._cloud.diff(request.type, revealed(decode(old)), revealed(decode(request.news)))
        ignored = {name.partition(".")[0] for name in request.ignoreChanges}
        changed = [name for name in change.changed if name not in ignored]
        replaces = [name for name in change.replaces if name in changed]
        return provider_pb2.DiffResponse(changes=CHANGED if changed else UNCHANGED, diffs=changed, replaces=replaces)

    def Create(self, request: Any, context: Any) -> Any:
        """Create a resource; in a preview its outputs are unknown."""
        inputs = revealed(decode(request.properties))
        if request.preview:
            return provider_pb2.CreateResponse(id="", properties=request.properties)
        made = self._act(context, lambda: self._cloud.create(request.urn, request.type, inputs))
        return provider_pb2.CreateResponse(id=made.id, properties=encode(made.outputs))

    def Read(self, request: Any, context: Any) -> Any:
        """Return a resource as it is; without an id where it is gone."""
        made = self._cloud.read(request.type, request.id)
        if made is None:
            return provider_pb2.ReadResponse(id="")
        return provider_pb2.ReadResponse(id=made.id, properties=encode(made.outputs), inputs=request.inputs)

    def Update(self, request: Any, context: Any) -> Any:
        """Change a resource in place."""
        inputs = revealed(decode(request.news))
        if request.preview:
            return provider_pb2.UpdateResponse(properties=request.news)
        made = self._act(context, lambda: self._cloud.update(request.urn, request.type, request.id, inputs))
        return provider_pb2.UpdateResponse(properties=encode(made.outputs))

    def Delete(self, request: Any, context: Any) -> Any:
        """Delete a resource."""
        self._act(context, lambda: self._cloud.delete(request.type, request.id))
        return Empty()

    def Invoke(self, request: Any, context: Any) -> Any:
        """Answer a data source."""
        result = self._cloud.invoke(request.tok, revealed(decode(request.args)))
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(result))
        return response

    def Cancel(self, request: Any, context: Any) -> Any:
        """Have nothing to cancel: everything here is done at once."""
        return Empty()

    def _act(self, context: Any, action: Callable[[], Any]) -> Any:
        try:
            done = action()
        except StepError as failed:
            return context.abort(grpc.StatusCode.UNKNOWN, failed.message)
        self._keep()
        return done


def serve(package: str, state: Path | None) -> tuple[grpc.Server, int]:
    """Return a running plugin and its port on loopback."""
    cloud = RehearsalCloud("111122223333", "us-east-1")
    if state is not None and state.exists():
        cloud.restore(json.loads(state.read_text(encoding="utf-8")))

    def keep() -> None:
        if state is not None:
            write_atomic(state, json.dumps(cloud.snapshot()))

    server = grpc.server(ThreadPoolExecutor(max_workers=1), options=[("grpc.max_receive_message_length", -1)])
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Plugin(cloud, package, keep), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def main() -> None:
    """Serve until the engine ends this process; the port is the first line of standard output."""
    given = os.environ.get(STATE)
    server, port = serve(sys.argv[1], Path(given) if given else None)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
