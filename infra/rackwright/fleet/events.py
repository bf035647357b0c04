"""What Ansible says while it runs, as small typed events."""

from __future__ import annotations

from typing import Any

from rackwright.diagnostics.record import dataclass

BAD = {"runner_on_failed", "runner_on_unreachable"}


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """A task begins, or ends on one host. `outcome` is "" (begins), ok, changed, skipped, failed or unreachable."""

    task: str
    host: str
    outcome: str


@dataclass(frozen=True, slots=True)
class HostFailure:
    """What went wrong on a host: the task, where it stands, what Ansible says."""

    host: str
    task: str
    where: str
    message: str
    unreachable: bool


def task_event(event: dict[str, Any]) -> TaskEvent | None:
    """Return an ansible-runner event as a task event; None for what nobody needs to watch."""
    kind, data = str(event.get("event", "")), event.get("event_data") or {}
    task, host = str(data.get("task", "")), str(data.get("host", ""))
    match kind:
        case "playbook_on_task_start":
            return TaskEvent(task, "", "")
        case "runner_on_ok":
            changed = bool((data.get("res") or {}).get("changed"))
            return TaskEvent(task, host, "changed" if changed else "ok")
        case "runner_on_skipped":
            return TaskEvent(task, host, "skipped")
        case "runner_on_failed" if data.get("ignore_errors"):
            return TaskEvent(task, host, "ok")
        case "runner_on_failed":
            return TaskEvent(task, host, "failed")
        case "runner_on_unreachable":
            return TaskEvent(task, host, "unreachable")
        case _:
            return None


def failure(event: dict[str, Any]) -> HostFailure | None:
    """Return what failed, if the event says that something did."""
    kind, data = event.get("event"), event.get("event_data") or {}
    if kind not in BAD or data.get("ignore_errors"):
        return None
    result = data.get("res") or {}
    parts = [str(result.get(name, "")).strip() for name in ("msg", "stderr")]
    message = "\n".join(part for part in parts if part) or "Ansible gave no reason"
    return HostFailure(
        host=str(data.get("host", "")),
        task=str(data.get("task", "")),
        where=str(data.get("task_path", "")),
        message=message[-1500:],
        unreachable=kind == "runner_on_unreachable",
    )
