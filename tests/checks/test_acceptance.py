"""A number that a team's own command prints decides; no number never passes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.checks.evidence import SILENT, host, node

from rackwright.checks.acceptance import accepted
from rackwright.checks.measured import Command, Nothing
from rackwright.checks.outcome import State
from rackwright.plan import Acceptance, Validation

LOSS = Acceptance("loss", "accept", "final.loss", 0.5, 2.5, 60, first=False, accelerators=False)


def asked(command: Acceptance = LOSS) -> Validation:
    """Return a validation with one command."""
    return Validation("cnn", "digits", None, 10, "optional", acceptance=(command,))


def ended(stdout: str = "", code: int | None = 0, stderr: str = "") -> Command:
    """Return how a command ended."""
    return Command(format=1, run_id="r1", code=code, stdout=stdout, stderr=stderr)


def printed(loss: object) -> Command:
    """Return a command that says something and then its number."""
    return ended(f"training ...\n{json.dumps({'final': {'loss': loss}})}\n")


@pytest.mark.parametrize(
    ("found", "state", "reason"),
    [
        (printed(1.25), State.PASS, "as the blueprint asks"),
        (printed(2.5), State.PASS, "as the blueprint asks"),
        (printed(2.51), State.FAIL, "above what the blueprint allows"),
        (printed(0), State.FAIL, "below what the blueprint asks"),
        (printed(float("nan")), State.FAIL, "below what the blueprint asks"),
        (printed([1.2]), State.NOT_MEASURED, "the last line that it printed is no JSON with a number at final.loss"),
        (printed("1.2"), State.NOT_MEASURED, "the last line that it printed is no JSON with a number at final.loss"),
        (ended("1.2"), State.NOT_MEASURED, "the last line that it printed is no JSON with a number at final.loss"),
        (ended("{"), State.NOT_MEASURED, "the last line that it printed is no JSON with a number at final.loss"),
        (ended(), State.NOT_MEASURED, "the last line that it printed is no JSON with a number at final.loss"),
        (ended(code=2, stderr="no\nno data\n"), State.FAIL, "the command ended with code 2 no data"),
        (ended(code=124), State.NOT_MEASURED, "the command did not end within 60 s"),
        (ended(code=None), State.NOT_MEASURED, "the command could not begin"),
        (SILENT, State.NOT_MEASURED, SILENT.reason),
    ],
)
def test_a_number_between_the_bounds_is_accepted(found: Command | Nothing, state: State, reason: str) -> None:
    """Everything else is a failure, or no measurement, with its reason; neither lets the cluster be READY."""
    (outcome,) = accepted(host(validation=asked(), commands=(("loss", found),)))

    assert (outcome.state, outcome.reason, outcome.healthy) == (state, reason, state is State.PASS)
    assert (outcome.check, outcome.expected) == ("acceptance.loss", "final.loss >= 0.5, <= 2.5")
    assert outcome.next_step == ("" if state is State.PASS else "measure again")


def test_simulated_accelerators_are_not_accepted_by() -> None:
    """A command that needs accelerators does not decide where they are simulated; another one does."""
    needs = Acceptance("loss", "accept", "final.loss", None, 2.5, 60, first=False, accelerators=True)
    simulated = node("NVIDIA L4", "NVIDIA L4", uuid="GPU-SIMULATED-0")
    results = (("loss", printed(9)),)
    (passed_over,) = accepted(host(validation=asked(needs), node=simulated, commands=results))
    (judged,) = accepted(host(validation=asked(), node=simulated, commands=results))

    assert (passed_over.state, passed_over.required) == (State.NOT_APPLICABLE, False)
    assert (judged.state, judged.required) == (State.FAIL, True)


def test_a_host_that_runs_none_says_nothing() -> None:
    """There is an outcome for what the host was to run, and for nothing else."""
    assert accepted(host(validation=asked())) == ()


ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
CONTAINED = replace(LOSS, image="acme/accept:1")


@pytest.mark.parametrize(
    ("found", "state", "reason"),
    [
        (printed(1.25), State.PASS, "as the blueprint asks"),
        (ended(code=2, stderr="no data"), State.FAIL, "the command ended with code 2 no data"),
        (ended(code=124), State.NOT_MEASURED, "the command did not end within 60 s"),
        (ended(code=125, stderr="no such image"), State.NOT_MEASURED, "no container of its image began: no such image"),
    ],
)
def test_a_command_in_a_container_is_judged_as_any_other(found: Command, state: State, reason: str) -> None:
    """But for an image that is not to be had, which says nothing of the host."""
    (outcome,) = accepted(host(validation=asked(CONTAINED), commands=(("loss", found),)))

    assert (outcome.state, outcome.reason) == (state, reason)


def test_the_code_of_docker_means_nothing_on_the_host_itself() -> None:
    """A command without an image may end with it like with any other."""
    (outcome,) = accepted(host(validation=asked(), commands=(("loss", ended(code=125, stderr="odd")),)))

    assert (outcome.state, outcome.reason) == (State.FAIL, "the command ended with code 125 odd")


@pytest.mark.parametrize(
    ("image", "cannot", "expected"),
    [
        ("acme/accept:1", {"cannot_log_in": "no identity"}, State.PASS),
        (f"{ECR}/accept:1", {"cannot_log_in": "no identity"}, State.NOT_APPLICABLE),
        ("us-docker.pkg.dev/acme/ml/accept:1", {"cannot_log_in": "no identity"}, State.NOT_APPLICABLE),
        ("acme/accept:1", {"cannot_contain": "no engine"}, State.NOT_APPLICABLE),
        ("", {"cannot_contain": "no engine", "cannot_log_in": "no identity"}, State.PASS),
    ],
)
def test_what_a_rehearsal_cannot_run_is_said(image: str, cannot: dict[str, str], expected: State) -> None:
    """Hosts without an engine, and registries that want an identity, decide nothing and say why."""
    found = host(validation=asked(replace(LOSS, image=image)), commands=(("loss", printed(1.25)),), **cannot)
    (outcome,) = accepted(found)

    assert outcome.state is expected
    assert outcome.reason in {"as the blueprint asks", *cannot.values()}
