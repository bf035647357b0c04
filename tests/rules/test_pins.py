"""Releases and packages that a cluster pins."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS, codes

FROM = "machine: p5.48xlarge\n"


@pytest.mark.parametrize(
    ("machine", "rest", "found"),
    [
        ("m7i.large", "{version: 2.20.0}", []),
        ("m7i.large", "{version: 2.17.1}", ["SOFT-E105"]),
        ("p3.2xlarge", "{version: 2.19.1}", []),
        ("p3.2xlarge", "{version: 2.21.0}", ["SOFT-E106"]),
        ("trn1.32xlarge", "{version: 2.20.0}", ["SOFT-E101"]),
        ("m7i.large", "{requirements: [einops==0.8.1, transformers==4.57.1]}", []),
        ("m7i.large", "{requirements: [NumPy==1.26.4]}", ["SOFT-E108"]),
        ("m7i.large", "{requirements: [numpy==2.1.3], version: 2.19.1}", []),
        ("m7i.large", "{requirements: [numpy==2.1.3], version: 2.20.0}", ["SOFT-E108"]),
        ("m7i.large", "{requirements: [a.b==1, A-B==1]}", ["SOFT-E107"]),
    ],
)
def test_pins(machine: str, rest: str, found: list[str]) -> None:
    """What can be installed beside what is locked is accepted, and one mistake is one finding."""
    text = AWS.replace(FROM, f"machine: {machine}\n        software: {rest}\n").replace("-24.04-nvidia", "-24.04")

    assert [code for code in codes(text) if code.startswith("SOFT-E")] == found


def test_an_image_of_an_unknown_python_is_judged_by_all_locks() -> None:
    """A package is refused only where every lock that may be taken holds another version."""
    own = AWS.replace("ubuntu-24.04-nvidia", "ami-0123456789abcdef0")
    text = own.replace(FROM, f"{FROM}        software: {{requirements: [PIN]}}\n")

    assert "SOFT-E108" in codes(text.replace("PIN", "keras==2.15.0"))
    assert "SOFT-E108" not in codes(text.replace("PIN", "keras==3.15.1"))
    assert "SOFT-E108" not in codes(text.replace("PIN", "tomli==1.0"))
