"""A scheduler must give out every node: what is not idle or at work, or does not answer a job, is not READY."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.checks.evidence import SILENT, host, node

from rackwright.checks.cluster import examine
from rackwright.checks.measured import Nothing, Scheduled, read
from rackwright.checks.outcome import Outcome, State
from rackwright.checks.verdict import Binding, judge
from rackwright.plan import Expectation

HEAD = Expectation("m7i.large", "", 0, None, 2, 8.0)
NODES = ("train-0", "train-1")


def said(states: tuple[str, ...] = ("idle", "idle"), reason: str = "none", **job: Any) -> Scheduled:
    """Return what a scheduler of two nodes with two accelerators says, but for fields of its job."""
    nodes = [{"name": name, "state": state, "reason": reason} for name, state in zip(NODES, states, strict=False)]
    ended = {"code": 0, "seen": dict.fromkeys(NODES, 2), "said": "", **job}
    return Scheduled.model_validate({"format": 1, "run_id": "r1", "nodes": nodes, "job": ended})


def outcomes(found: Scheduled | Nothing, cannot: str = "") -> list[Outcome]:
    """Return the outcomes of a cluster of two nodes and a head."""
    shared = {"scheduler": "train-head", "scheduled": found, "cannot_schedule": cannot}
    head = host("train-head", expect=HEAD, benchmark=SILENT, node=node(), **shared)
    return list(examine([*(host(name, **shared) for name in NODES), head]))


def of(check: str, found: list[Outcome]) -> list[Outcome]:
    """Return the outcomes of one check."""
    return [one for one in found if one.check == check]


def ready(found: list[Outcome]) -> bool:
    """Return the verdict on outcomes of the three hosts."""
    binding = Binding("dc.use1.train", "digest", "measure again", tuple((name, "m") for name in (*NODES, "train-head")))
    return judge(found, binding, datetime(2026, 11, 1, tzinfo=UTC)).ready


def test_a_cluster_whose_nodes_are_given_out_is_ready() -> None:
    """Each node and the head have a required outcome; the head runs no benchmark and needs none."""
    found = outcomes(said())

    assert ready(found)
    assert [(one.host, one.state) for one in of("scheduler.nodes", found)] == [(name, State.PASS) for name in NODES]
    assert [(one.host, one.measured) for one in of("scheduler.job", found)] == [("train-head", "2 nodes")]
    assert {one.check for one in found if one.host == "train-head"} == {"host.answers", "scheduler.job"}


@pytest.mark.parametrize("state", ["mixed", "allocated", "completing"])
def test_nodes_at_work_are_healthy(state: str) -> None:
    """Measuring again while people use the cluster is no mistake."""
    assert {one.state for one in of("scheduler.nodes", outcomes(said((state, "idle"))))} == {State.PASS}


@pytest.mark.parametrize("state", ["idle*", "down", "down*", "drained", "draining", "unknown", "inval", "reserved"])
def test_a_node_that_runs_no_jobs_is_not_ready_by_name(state: str) -> None:
    """With the state and the reason that the scheduler gives."""
    found = outcomes(said(("idle", state), "0 of 2 accelerators answer"))
    worst = of("scheduler.nodes", found)[1]

    assert (worst.host, worst.state, worst.measured) == ("train-1", State.FAIL, state)
    assert worst.reason == "0 of 2 accelerators answer"
    assert worst.next_step
    assert not ready(found)


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        ({"seen": {"train-0": 2}}, "the job did not run on train-1"),
        ({"seen": {}, "code": 1, "said": "srun: busy"}, "the job did not run on train-0, train-1: srun: busy"),
        ({"seen": {"train-0": 2, "train-1": 1}}, "the job saw other accelerators: 1 on train-1"),
        ({"code": 1}, "the job ended with code 1"),
        ({"code": None}, "the job ended with code None"),
    ],
)
def test_a_job_that_does_not_answer_from_every_node_is_not_ready(job: dict[str, Any], reason: str) -> None:
    """Whatever the states of nodes say."""
    found = outcomes(said(**job))
    (ended,) = of("scheduler.job", found)

    assert (ended.state, ended.reason) == (State.FAIL, reason)
    assert not ready(found)


def test_what_was_not_asked_is_not_measured() -> None:
    """No result, one of another run, no controller that answers, a node that it does not know."""
    old, ended = said().model_dump_json(), {"code": None, "seen": {}, "said": ""}
    fresh = json.dumps({"format": 1, "run_id": "r2", "nodes": None, "job": ended})

    for found in (SILENT, read(old, Scheduled, "r2"), read(fresh, Scheduled, "r2"), read("{", Scheduled, "r2")):
        assert {one.state for one in of("scheduler.nodes", outcomes(found))} == {State.NOT_MEASURED}
        assert not ready(outcomes(found))
    assert [one.state for one in of("scheduler.nodes", outcomes(said(("idle",))))] == [State.PASS, State.NOT_MEASURED]


def test_hosts_that_cannot_install_it_say_so() -> None:
    """It decides nothing then, and the head is still required to answer."""
    found = outcomes(Nothing("no result"), "loopback hosts share this machine")

    assert {one.state for check in ("scheduler.nodes", "scheduler.job") for one in of(check, found)} == {
        State.NOT_APPLICABLE
    }
    assert ready(found)
    assert of("host.answers", found)[0].required


def test_without_a_scheduler_it_is_not_applicable() -> None:
    """Nothing is required of what the blueprint does not have."""
    (one,) = of("scheduler.nodes", list(examine([host()])))

    assert (one.state, one.required, one.reason) == (State.NOT_APPLICABLE, False, "the cluster has no scheduler")
