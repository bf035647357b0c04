"""Schedulers of generated clusters: words, and settings with a head that fits the nodes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.compiler.parts import Data, some

HEADS = {
    ("aws", "amd64"): ["m5.8xlarge", "m7i.xlarge"],
    ("aws", "arm64"): ["m7g.xlarge", "c7g.2xlarge"],
    ("gcp", "amd64"): ["n2-standard-80", "e2-standard-4"],
    ("gcp", "arm64"): ["c4a-standard-4", "t2a-standard-4"],
}
"""Heads of schedulers, by cloud and architecture."""
LONGEST = 30
"""Characters of a service account's id, as which Google Cloud knows a head."""


def schedulers(names: st.SearchStrategy[str], cloud: str, arch: str, nodes: int) -> st.SearchStrategy[Any]:
    """Return the scheduler of so many nodes: a word, or its settings with a head of their architecture."""
    bounds = {"hours": st.integers(1, 8760), "nodes": st.integers(1, nodes), "priority": st.integers(1, 65533)}
    queues = names.filter(lambda name: name != "default")
    optional = {
        "machine": st.sampled_from(HEADS[cloud, arch]),
        "disk": st.sampled_from(["200GiB", "1TiB"]),
        "partitions": st.dictionaries(queues, some(bounds), min_size=1, max_size=2),
    }
    return st.sampled_from(["none", "slurm"]) | st.fixed_dictionaries({"kind": st.just("slurm")}, optional=optional)


def fitting(data: Data) -> Data:
    """Return a blueprint without the schedulers whose heads, as they were or are called, no service account can be."""
    for site_name, site in data["sites"].items():
        for name, cluster in site["clusters"].items():
            parts = ((data["name"], data), (site_name, site), (name, cluster))
            longest = "-".join(max(key, one.get("renamed_from", ""), key=len) for key, one in parts)
            if site["cloud"] == "gcp" and len(f"{longest}-head") > LONGEST:
                cluster.pop("scheduler", None)
    return data
