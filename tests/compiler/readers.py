"""Who is told by valid blueprints: what goes wrong at a site, and what a datacenter has spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.compiler.parts import Data

BUDGETS = st.fixed_dictionaries({"usd_per_month": st.just(10**9)}) | st.fixed_dictionaries(
    {
        "usd_per_month": st.just(10**9),
        "alerts": st.sampled_from([[100], [50, 80, 120]]),
        "notify": st.sampled_from([["owner@acme.example"], ["owner@acme.example", "cfo@acme.example"]]),
    }
)


def monitorings(site: Data) -> st.SearchStrategy[Data]:
    """Return who is told what goes wrong at a site, of what it has."""
    topic = f"arn:aws:sns:{site['region']}:111122223333:oncall"
    channel = "projects/acme-ai-prod/notificationChannels/1234567890"
    told = st.sampled_from([["oncall@acme.example"], ["oncall@acme.example", "infra@acme.example"]])
    standing = {"existing": st.just(topic if site["cloud"] == "aws" else channel)}
    sized = [one for one in site["storage"].values() if is_sized(site["cloud"], one)]
    there = {
        "nodes": any(not isinstance(one.get("accelerator"), str) for one in site["clusters"].values()),
        "nat": site["network"].get("nat") != "none" and "existing" not in site["network"],
        "storage": bool(sized),
    }
    words = [word for word, has in there.items() if has]
    watch = {"watch": st.just(words)} if words else {}
    full = {"full_percent": st.just(90)} if sized else {}
    mailed = st.fixed_dictionaries({"notify": told}, optional={**standing, **watch, **full})
    return mailed | st.fixed_dictionaries(standing, optional={**watch, **full})


def is_sized(cloud: str, volume: Data) -> bool:
    """Return whether a volume is a file system of the site's own, of a size that can be filled."""
    grows = volume["kind"] == "file" and cloud == "aws" and volume.get("engine") != "openzfs"
    return volume["kind"] in {"file", "parallel"} and "existing" not in volume and not grows
