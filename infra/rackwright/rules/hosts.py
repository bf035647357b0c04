"""Hosts of Google Cloud as a plan has them: moved where they cannot be, booted so that drivers do not load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.catalog.limits import limits
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.plan import Plan, Resource
from rackwright.rules.inputs import at, origin, resources
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

MAINTENANCE = "scheduling.on_host_maintenance"
SECURE_BOOT = "shielded_instance_config.enable_secure_boot"
KINDS = frozenset({"gcp:compute/instance:Instance", "gcp:compute/instanceTemplate:InstanceTemplate"})


class Unmovable(Rule[Plan]):
    """A machine that is told to do what its series does not while its host is maintained."""

    problem = Problem(
        "PLAN-E128",
        Severity.ERROR,
        "The machine cannot do this while its host is maintained",
        "Machines with accelerators and spot machines are stopped while their host is maintained: they do not move to "
        "another one. E2 machines on demand move and are never stopped. Compute Engine refuses anything else.",
        "clusters: {train: {machine: a3-highgpu-8g, nodes: 4}}",
        (
            "https://cloud.google.com/compute/docs/instances/setting-vm-host-options",
            "https://github.com/jenkinsci/google-compute-engine-plugin/issues/63",
        ),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every host whose series is known."""
        for resource, kind in _hosts(subject):
            allowed = _allowed(resource, kind)
            for found in at(resource, MAINTENANCE):
                if isinstance(found, str) and allowed and found not in allowed:
                    message = f"{kind} does not take {MAINTENANCE}: {found}"
                    yield self.problem.at(origin(resource, MAINTENANCE), message, f"it takes {' or '.join(allowed)}")


class SecurelyBooted(Rule[Plan]):
    """Secure Boot on a machine whose accelerators need drivers that are built on it."""

    problem = Problem(
        "PLAN-W129",
        Severity.WARNING,
        "Secure Boot lets only signed drivers in",
        "With Secure Boot the kernel loads modules that somebody it trusts has signed. NVIDIA's drivers, as they are "
        "installed here, are built on the machine and signed by nobody it knows: they are refused, and there is no "
        "accelerator. An image whose drivers are signed has none of this.",
        "clusters: {train: {machine: a3-highgpu-8g, nodes: 4}}",
        (
            "https://cloud.google.com/compute/docs/gpus/install-drivers-gpu",
            "https://github.com/NVIDIA/gpu-operator/issues/1726",
        ),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every host with accelerators."""
        for resource, kind in _hosts(subject):
            if True in at(resource, SECURE_BOOT) and _has_accelerators(resource, kind):
                message = f"the drivers of {kind} are refused, unless the image's are signed"
                yield self.problem.at(origin(resource, SECURE_BOOT), message)


def _hosts(plan: Plan) -> Iterator[tuple[Resource, str]]:
    """Yield every machine of Compute Engine, or the template of many, with its machine type."""
    for resource, _ in resources(plan):
        if resource.type in KINDS:
            yield from ((resource, kind) for kind in at(resource, "machine_type") if isinstance(kind, str))


def _allowed(resource: Resource, kind: str) -> tuple[str, ...]:
    """Return what a host may do while it is maintained; nothing where that is not known."""
    if True in at(resource, "scheduling.preemptible") or _has_accelerators(resource, kind):
        return ("TERMINATE",)
    known = limits("gcp", kind)
    return tuple(one.upper() for one in known.maintenance) if known else ()


def _has_accelerators(resource: Resource, kind: str) -> bool:
    known = machine("gcp", kind)
    return bool(known and known.accelerators) or at(resource, "guest_accelerators.type") != (None,)


RULES: tuple[Rule[Plan], ...] = (Unmovable(), SecurelyBooted())
