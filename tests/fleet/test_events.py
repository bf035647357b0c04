"""What ansible-runner says becomes progress and failures; the events are recorded ones."""

from __future__ import annotations

from typing import Any

import pytest

from rackwright.fleet.events import HostFailure, TaskEvent, failure, task_event


def event(kind: str, **data: Any) -> dict[str, Any]:
    """Return an event as ansible-runner hands it over, with what every event has."""
    return {
        "uuid": "0242ac11-0002",
        "counter": 42,
        "stdout": "",
        "event": kind,
        "runner_ident": "1",
        "event_data": {"playbook": "configure.yml", "play": "Configure hosts", **data},
    }


ON_HOST = {"task": "Install packages", "host": "train-1", "task_path": "/roles/base/tasks/main.yml:2"}
FAILED = event("runner_on_failed", **ON_HOST, ignore_errors=None, res={"msg": "No package", "stderr": "E: gone\n"})
UNREACHABLE = event("runner_on_unreachable", **ON_HOST, res={"unreachable": True, "msg": "Connection refused"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event("playbook_on_task_start", task="Install packages"), TaskEvent("Install packages", "", "")),
        (event("runner_on_ok", **ON_HOST, res={"changed": True}), TaskEvent("Install packages", "train-1", "changed")),
        (event("runner_on_ok", **ON_HOST, res={"changed": False}), TaskEvent("Install packages", "train-1", "ok")),
        (event("runner_on_ok", **ON_HOST, res=None), TaskEvent("Install packages", "train-1", "ok")),
        (event("runner_on_skipped", **ON_HOST), TaskEvent("Install packages", "train-1", "skipped")),
        (event("runner_on_failed", **ON_HOST, ignore_errors=True), TaskEvent("Install packages", "train-1", "ok")),
        (FAILED, TaskEvent("Install packages", "train-1", "failed")),
        (UNREACHABLE, TaskEvent("Install packages", "train-1", "unreachable")),
        (event("playbook_on_start"), None),
        (event("runner_item_on_ok", **ON_HOST), None),
        ({"event": "verbose", "event_data": None}, None),
        ({}, None),
    ],
)
def test_an_event_is_a_task_that_begins_or_ends_on_a_host(given: dict[str, Any], expected: TaskEvent | None) -> None:
    """What nobody needs to watch is nothing."""
    assert task_event(given) == expected


def test_a_failure_has_host_task_place_and_everything_ansible_says() -> None:
    """Message and standard error stand below each other."""
    assert failure(FAILED) == HostFailure(
        "train-1", "Install packages", "/roles/base/tasks/main.yml:2", "No package\nE: gone", unreachable=False
    )


def test_a_host_that_cannot_be_reached_is_a_failure_of_its_own_kind() -> None:
    """It is told apart from a task that failed."""
    found = failure(UNREACHABLE)

    assert found is not None
    assert (found.message, found.unreachable) == ("Connection refused", True)


def test_a_failure_without_a_word_says_so_and_a_long_one_keeps_its_end() -> None:
    """The end of a long message is where the error stands."""
    silent = failure(event("runner_on_failed", **ON_HOST, res={}))
    long = failure(event("runner_on_failed", **ON_HOST, res={"msg": "x" * 5000 + "the error"}))

    assert silent is not None
    assert silent.message == "Ansible gave no reason"
    assert long is not None
    assert (len(long.message), long.message[-9:]) == (1500, "the error")


@pytest.mark.parametrize(
    "given",
    [event("runner_on_ok", **ON_HOST, res={"msg": "ok"}), event("runner_on_failed", **ON_HOST, ignore_errors=True), {}],
)
def test_anything_else_is_no_failure(given: dict[str, Any]) -> None:
    """A failure that the playbook ignores is none."""
    assert failure(given) is None
