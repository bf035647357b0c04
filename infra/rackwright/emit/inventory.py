"""inventory.yml: the hosts a stack will have and what Ansible must know of them; addresses come from a run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rackwright.derive.registries import registry_of
from rackwright.plan import (
    Concat,
    GroupMembers,
    HostSet,
    Instances,
    Lit,
    Named,
    Numbered,
    Plan,
    SliceWorkers,
    StackOut,
    host_names,
)

if TYPE_CHECKING:
    from rackwright.plan import Scheduler, Value


def inventory(plan: Plan) -> str:
    """Return the committed inventory of a stack: one group per host set, with the variables of its hosts."""
    from ruamel.yaml import YAML

    groups = {one.name.replace("-", "_"): {"hosts": _hosts(one), "vars": host_vars(one)} for one in plan.host_sets}
    document = {"all": {"children": groups}}
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 160
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.representer.add_representer(_Unsafe, lambda to, text: to.represent_scalar("!unsafe", str(text)))
    stream = io.StringIO()
    yaml.dump(document, stream)
    return f"# Hosts of {plan.stack}. Addresses are added when a run starts: they are outputs of the stack.\n" + (
        stream.getvalue()
    )


def host_vars(host_set: HostSet) -> dict[str, Any]:
    """Return what the roles are told of every host of a set; what is unknown or not said is left out."""
    expect, validation, installed = host_set.expect, host_set.validation, host_set.installed
    known = {
        "rackwright_machine": expect.machine,
        "rackwright_accelerator": expect.accelerator,
        "rackwright_accelerators": expect.accelerators,
        "rackwright_accelerator_memory_gib": expect.accelerator_memory_gib,
        "rackwright_variant": installed.variant or None,
        "rackwright_bare_variant": installed.bare or None,
        "rackwright_requirements": list(installed.requirements) or None,
        "accelerator_driver_branch": installed.branch or None,
        "accelerator_driver_modules": installed.modules or None,
        "accelerator_driver_daemons": list(installed.daemons) or None,
        "rackwright_containers": installed.containers or None,
        "rackwright_vcpus": expect.vcpus,
        "rackwright_memory_gib": expect.memory_gib,
        "rackwright_roles": list(host_set.roles),
        "rackwright_mounts": [
            {"path": m.path, "volume": m.volume, "kind": m.kind, "client": m.client, "source": _looked_up(m.source)}
            for m in host_set.mounts
        ],
        "rackwright_validation": {
            "benchmark": validation.benchmark,
            "dataset": validation.dataset,
            "accuracy": validation.accuracy,
            "epochs": validation.epochs,
            "fabric": validation.fabric,
            **_acceptance(host_set),
        },
        "rackwright_environment": dict(host_set.environment) or None,
        "rackwright_scheduler": _scheduler(host_set.scheduler) if isinstance(host_set, Instances) else None,
        "benchmark_source": validation.source or None,
        "benchmark_sha256": validation.sha256 or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _scheduler(given: Scheduler | None) -> dict[str, Any] | None:
    """Return what schedules jobs: where it runs, the group of hosts that it gives out, its queues."""
    if given is None:
        return None
    queues = [{"name": q.name, "hours": q.hours, "nodes": q.nodes, "priority": q.priority} for q in given.queues]
    return {"head": given.head, "nodes": given.nodes.replace("-", "_"), "queues": queues}


class _Unsafe(str):
    """Text that Ansible must not read as a template."""

    __slots__ = ()


def _acceptance(host_set: HostSet) -> dict[str, Any]:
    """Return what the role is told of the team's own commands, if there are some; bounds are not its business."""
    commands = [
        {
            "name": one.name,
            "command": _Unsafe(one.command),
            "timeout": one.timeout,
            "host": host_names(host_set)[0] if one.first else None,
            **_image(one.image),
        }
        for one in host_set.validation.acceptance
    ]
    return {"acceptance": commands} if commands else {}


def _image(image: str) -> dict[str, str]:
    """Return the image that a command runs in, its registry, and whose identities that lets in, if it is a cloud's."""
    if not image:
        return {}
    found = registry_of(image)
    return {"image": image, "registry": found.host, **({"login": found.cloud} if found.cloud else {})}


def _looked_up(value: Value) -> str:
    """Return a value as Ansible reads it: outputs of the site's stack are in rackwright_outputs when a run starts."""
    match value:
        case Lit(text):
            return str(text)
        case Concat(parts):
            return "".join(map(_looked_up, parts))
        case StackOut(path=(name,)):
            return f"{{{{ rackwright_outputs['{name}'] }}}}"
        case _:
            raise TypeError(f"an inventory cannot say {type(value).__name__}")


def _hosts(host_set: HostSet) -> dict[str, None]:
    """Return host patterns: a numbered set without gaps is one range, however many hosts it has."""
    match host_set:
        case Instances(hosts=Numbered(prefix, count, ())) if count > 1:
            return {f"{prefix}[0:{count - 1}]": None}
        case GroupMembers(name=name, count=count) if count > 1:
            return {f"{name}-[0:{count - 1}]": None}
        case Instances(hosts=Named() | Numbered()) | SliceWorkers() | GroupMembers():
            return dict.fromkeys(host_names(host_set))
