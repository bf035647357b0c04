"""A report as JUnit XML: one suite per cluster, one test case per check and host."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from rackwright.reports.document import Report


def render_junit(report: Report) -> str:
    """Return the XML text; checks that block READY are failures, the rest that did not run are skipped."""
    root = Xml.Element("testsuites", name=f"rackwright {report.datacenter}")
    for verdict in report.verdicts:
        blocking = len(verdict.blocking)
        suite = Xml.SubElement(
            root,
            "testsuite",
            name=verdict.binding.stack,
            tests=str(len(verdict.outcomes)),
            failures=str(blocking),
            timestamp=verdict.measured_at,
        )
        for outcome in verdict.outcomes:
            _case(suite, outcome)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _case(suite: Xml.Element, outcome: Outcome) -> None:
    case = Xml.SubElement(suite, "testcase", classname=outcome.host, name=outcome.check)
    text = f"{outcome.state.value}: measured {outcome.measured}, expected {outcome.expected}. {outcome.reason}"
    if not outcome.healthy:
        Xml.SubElement(case, "failure", message=text, type=outcome.state.value).text = outcome.next_step
    elif outcome.state not in {State.PASS, State.WARN}:
        Xml.SubElement(case, "skipped", message=text)
    label = " (simulated hardware)" if outcome.simulated else ""
    Xml.SubElement(case, "system-out").text = text + label
