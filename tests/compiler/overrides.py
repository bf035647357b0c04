"""Arguments of planned resources that a generated blueprint overrides."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]
Draw = st.DrawFn
TEMPLATES: dict[str, list[Data]] = {
    "aws": [
        {"metadata_options": {"http_put_response_hop_limit": 2}},
        {"block_device_mappings": {"0": {"ebs": {"volume_initialization_rate": 300}}}, "monitoring": {"enabled": True}},
    ],
    "gcp": [{"metadata": {"serial-port-enable": "TRUE"}, "description": "of our own"}],
}


@st.composite
def overridden(draw: Draw, site: Data) -> Data:
    """Return a site of which some clusters, and the network where it is its own, have arguments overridden."""
    cloud = site["cloud"]
    clusters = {
        name: one | {"overrides": {_role(cloud, one): draw(st.sampled_from(TEMPLATES[cloud]))}}
        if not draw(st.integers(0, 3))
        else one
        for name, one in site["clusters"].items()
    }
    if "existing" in site["network"] or draw(st.integers(0, 3)):
        return site | {"clusters": clusters}
    network = {"assign_generated_ipv6_cidr_block": False} if cloud == "aws" else {"description": "of our own"}
    return site | {"clusters": clusters, "overrides": {"vpc": network}}


def _role(cloud: str, cluster: Data) -> str:
    """Return what the program of a cluster calls the resource that its machines are made from."""
    if cloud == "aws" or cluster.get("provision") == "group":
        return "template"
    of_machines = "machine" in cluster or isinstance(cluster["accelerator"], dict)
    return "instances" if of_machines else "slices"
