"""The embedded engine: runs a program against an answerer and returns everything it asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import MissingToolError, StepError
from rackwright.engine.launch.run import Ended, run_cold, zygote
from rackwright.engine.records import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.engine.answers import Answerer

SECONDS = 300.0
TAIL = 30
SDK = {"aws": "pulumi_aws", "gcp": "pulumi_gcp"}
LOADED = {
    "aws": ("autoscaling", "cloudwatch", "ec2", "efs", "fsx", "iam", "kms", "s3", "ssm", "vpc"),
    "gcp": ("compute", "filestore", "kms", "lustre", "projects", "serviceaccount", "storage", "tpu"),
}
"""SDK modules that are loaded before forking; others load when a program asks for them."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program and the stack it runs as. `directory` holds __main__.py; `config` maps full keys to values."""

    directory: Path
    project: str
    stack: str
    cloud: str
    organization: str = "organization"
    root: Path = field(default_factory=Path.cwd)
    config: Mapping[str, str] = field(default_factory=dict)
    secret_keys: tuple[str, ...] = ()


def run(program: Program, answerer: Answerer, *, cold: bool = False, timeout: float = SECONDS) -> Recording:
    """Run a program and return what it asked for; raises StepError with its last words where it fails."""
    recording = Recording()
    with _serving(program, answerer, recording) as (address, monitor):
        request = {
            "directory": str(program.directory.resolve()),
            "project": program.project,
            "stack": program.stack,
            "organization": program.organization,
            "root": str(program.root.resolve()),
            "monitor": address,
            "engine": address,
            "dry_run": answerer.dry_run,
        }
        environment = _environment(program)
        if cold:
            ended = run_cold(request, environment, timeout=timeout)
        else:
            ended = zygote(*_modules(program.cloud)).run(request, environment, timeout=timeout)
    if ended.code != 0:
        raise _failure(program, ended, recording, monitor.failure)
    return recording


@contextmanager
def _serving(program: Program, answerer: Answerer, recording: Recording) -> Iterator[tuple[str, Any]]:
    """Serve the engine on a free loopback port while the body runs."""
    try:
        import grpc
        from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc
    except ImportError as missing:
        hint = f"pip install 'rackwright[{program.cloud}]'"
        raise MissingToolError("running programs needs the Pulumi SDK", hint=hint) from missing
    from rackwright.engine.monitor import EngineService, Monitor

    monitor = Monitor(program.stack, program.project, answerer, recording)
    server = grpc.server(ThreadPoolExecutor(max_workers=32), options=[("grpc.max_receive_message_length", -1)])
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
    engine_pb2_grpc.add_EngineServicer_to_server(EngineService(recording), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}", monitor
    finally:
        server.stop(grace=0.5).wait()


def _environment(program: Program) -> dict[str, str]:
    keep = {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")}
    return {
        **keep,
        "PULUMI_CONFIG": json.dumps(dict(program.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(program.secret_keys)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _modules(cloud: str) -> tuple[str, ...]:
    from importlib.util import find_spec

    if find_spec(SDK[cloud]) is None:
        raise MissingToolError(f"{SDK[cloud]} is not installed", hint=f"pip install 'rackwright[{cloud}]'")
    return tuple(f"{SDK[cloud]}.{name}" for name in LOADED[cloud])


def _failure(program: Program, ended: Ended, recording: Recording, cause: StepError | None) -> StepError:
    if ended.code is None:
        return StepError(f"the program of {program.stack} did not end in time and was killed")
    if cause is not None:
        return StepError(f"{program.stack}: {cause.message}", hint=cause.hint)
    told = [message for severity, message in recording.log if severity == "error"]
    last = "\n".join((told or [ended.text])[-1].strip().splitlines()[-TAIL:])
    return StepError(f"the program of {program.stack} failed:\n{last}", hint=f"see {program.directory}")
