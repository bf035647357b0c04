"""What industries demand of a datacenter: which finding weighs how much in which profile, and why."""

from __future__ import annotations

from rackwright.diagnostics import Severity
from rackwright.diagnostics.record import dataclass

ERROR, WARNING = Severity.ERROR, Severity.WARNING
HIPAA = "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C"
DORA = "https://eur-lex.europa.eu/eli/reg/2022/2554/oj"
ROAD_AI = "https://www.iso.org/standard/83303.html"
OT = "https://csrc.nist.gov/pubs/sp/800/82/r3/final"
REFERENCES = (HIPAA, DORA, ROAD_AI, OT)


@dataclass(frozen=True, slots=True)
class Demand:
    """One row: in a profile, a finding of this code has this severity, for this reason."""

    profile: str
    code: str
    severity: Severity
    why: str


DEMANDS = (
    Demand("healthcare", "PROF-E101", ERROR, "audit controls record what happens in systems with patient data"),
    Demand("healthcare", "PROF-E102", ERROR, "patient data must be restorable after an improper change"),
    Demand("healthcare", "PROF-E103", ERROR, "patient data must not go away with the machines"),
    Demand("healthcare", "PROF-E104", ERROR, "only those who were granted access may reach patient data"),
    Demand("healthcare", "PROF-E105", ERROR, "audit controls record who examined patient data"),
    Demand("healthcare", "VAL-W104", ERROR, "the integrity of what decides READY is verified"),
    Demand("finance", "PROF-E101", ERROR, "anomalous activities are to be detected (DORA, article 10)"),
    Demand("finance", "PROF-E102", ERROR, "data are restorable from earlier versions (DORA, article 12)"),
    Demand("finance", "PROF-E103", ERROR, "data outlive a mistaken destroy (DORA, article 12)"),
    Demand("finance", "PROF-E104", ERROR, "access is limited to what is approved (DORA, article 9)"),
    Demand("finance", "PROF-E105", ERROR, "anomalous activities are to be detected (DORA, article 10)"),
    Demand("finance", "VAL-W104", ERROR, "the integrity of data is protected (DORA, article 9)"),
    Demand("autonomous-driving", "PROF-E102", ERROR, "a safety argument names the very data a model was trained on"),
    Demand("autonomous-driving", "PROF-E103", ERROR, "recorded drives cannot be driven again"),
    Demand("autonomous-driving", "VAL-W104", ERROR, "a safety argument names the very data a result rests on"),
    Demand("manufacturing", "PROF-E101", WARNING, "traffic between plant and datacenter is monitored"),
    Demand("manufacturing", "PROF-E104", ERROR, "a plant is separated from public networks"),
)


def demands(profile: str | None) -> dict[str, Demand]:
    """Return what a profile demands, by code."""
    return {one.code: one for one in DEMANDS if one.profile == profile}
