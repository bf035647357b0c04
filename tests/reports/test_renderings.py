"""Every rendering says the same: the verdict, what blocks it, and what is simulated."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree as Xml

import pytest
from rich.console import Console
from tests.reports.sample import OUTCOMES, STACK, report

from rackwright.reports.document import as_data
from rackwright.reports.html import render_html
from rackwright.reports.junit import render_junit
from rackwright.reports.markdown import render_markdown
from rackwright.reports.terminal import print_report


def terminal_text() -> str:
    """Return the sample report as a terminal 120 columns wide shows it."""
    console = Console(file=io.StringIO(), width=160)
    print_report(report(), console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return str(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(render_html(report()), id="html"),
        pytest.param(render_markdown(report()), id="markdown"),
        pytest.param(terminal_text(), id="terminal"),
    ],
)
def test_people_see_verdict_blocker_next_step_and_label(text: str) -> None:
    """Nobody can read a report and miss that it is NOT READY, why, what to type, and what is simulated."""
    assert "NOT READY" in text
    assert "NOT MEASURED" in text or "NOT_MEASURED" in text
    assert f"rackwright validate {STACK} --limit train-1" in text
    assert "simulated" in text


def test_json_carries_everything() -> None:
    """The document survives JSON and says ready as a boolean."""
    data = json.loads(json.dumps(as_data(report())))

    assert data["ready"] is False
    assert data["headline"] == "NOT READY (simulated: accelerators)"
    assert len(data["verdicts"][0]["outcomes"]) == len(OUTCOMES)
    assert data["verdicts"][0]["outcomes"][2]["state"] == "NOT_MEASURED"


def test_junit_counts_blockers_as_failures() -> None:
    """A pipeline that reads JUnit fails exactly on what blocks READY."""
    suite = Xml.fromstring(render_junit(report())).find("testsuite")  # noqa: S314 - our own text

    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")
    assert [case.get("classname") for case in suite if case.find("failure") is not None] == ["train-1"]


def test_the_page_is_self_contained_and_escaped() -> None:
    """No script, nothing loaded from elsewhere, no text of a host taken as markup."""
    page = render_html(report())

    assert "<script" not in page
    assert 'src="http' not in page
    assert "url(http" not in page
    assert "truncated &lt;at&gt; 12" in page


def test_a_ready_report_says_so() -> None:
    """When every required check holds on every host, the word is READY."""
    healthy = OUTCOMES[0]
    from dataclasses import replace

    both = report(healthy, replace(healthy, host="train-1"))

    assert both.ready
    assert "READY" in render_html(both)
    assert "NOT READY" not in render_html(both)
