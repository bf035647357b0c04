"""Networks of valid blueprints, and ways to reach hosts in them, as data."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st
from tests.compiler.parts import Data, some

from rackwright.blueprint.network import Service
from rackwright.derive.addresses import private_cidr

Draw = st.DrawFn
IMAGE_IDS = {"aws": "ami-0123456789abcdef0", "gcp": "projects/acme-ai-prod/global/images/golden-1"}
SERVICES = get_args(Service)
UNLOGGED = {"flow_logs": False}
ACCESS = {"aws": "ssm", "gcp": "iap"}


@st.composite
def networks(draw: Draw, cloud: str, number: int, zones: list[str]) -> Data:
    """Return the network of a site: one of its own, or one that stands already."""
    cidr = f"10.{40 + number}.0.0/{draw(st.integers(16, 20))}"
    named = draw(some({"dns": zones_of(cloud, number)}))
    network: Data = {"cidr": cidr, "zones": zones, **draw(ways_through()), **named}
    if draw(st.integers(0, 3)):
        network["nat"] = draw(st.sampled_from(["none", "single", "per-zone"]))
        reached = {"endpoints": st.lists(st.sampled_from(SERVICES), max_size=4, unique=True)} if cloud == "aws" else {}
        logged = draw(some({"flow_logs": st.booleans()}))
        kept = {"flow_log_days": st.sampled_from([1, 365, 2192])} if cloud == "aws" and logged != UNLOGGED else {}
        return network | logged | draw(some({**kept, **reached}))
    existing = existing_vpcs if cloud == "aws" else existing_networks
    network["existing"] = draw(existing(cidr, zones))
    return network | draw(some({"flow_logs": st.sampled_from([False]), "nat": st.just("none")}))


def zones_of(cloud: str, number: int) -> st.SearchStrategy[Data]:
    """Return the private zone of a site, its own or one that stands already."""
    standing = {"existing": st.just("Z0123456789ABCDEFGHIJ" if cloud == "aws" else "acme-ai")}
    return st.fixed_dictionaries({"zone": st.just(f"s{number}.ai.acme.internal")}, optional=standing)


def ways_through() -> st.SearchStrategy[Data]:
    """Return a proxy and a mirror, either or neither."""
    places = st.sampled_from([".acme.example", "10.0.0.0/8", "git.acme.example"])
    bypass = {"bypass": st.lists(places, max_size=2, unique=True)}
    proxy = st.fixed_dictionaries({"url": st.just("http://proxy.acme.example:3128")}, optional=bypass)
    return some({"proxy": proxy, "package_index": st.just("https://pypi.acme.example/simple")})


@st.composite
def existing_vpcs(draw: Draw, cidr: str, zones: list[str]) -> Data:
    """Return a VPC that stands already, with a subnet for every zone, its addresses stated or not."""
    subnets: Data = {}
    for index, zone in enumerate(zones):
        identity = f"subnet-0123456789abcdef{index}"
        stated = {"id": identity, "cidr": private_cidr(cidr, index)}
        subnets[zone] = draw(st.sampled_from([identity, {"id": identity}, stated]))
    return {"vpc": draw(st.sampled_from(["vpc-0123456789abcdef0", "vpc-01234567"])), "subnets": subnets}


def existing_networks(cidr: str, _zones: list[str]) -> st.SearchStrategy[Data]:
    """Return a network of Google Cloud that stands already, of this project or another one's."""
    fixed = {"network": st.just("shared"), "subnetwork": st.just("ai-hosts")}
    optional = {"host_project": st.just("acme-net-prod"), "cidr": st.just(private_cidr(cidr, 0))}
    return st.fixed_dictionaries(fixed, optional=optional)


def accesses(cloud: str, *, stands: bool) -> st.SearchStrategy[Data]:
    """Return one way to reach hosts."""
    blocks = st.lists(st.sampled_from(["10.0.0.0/8", "203.0.113.0/24", "192.0.2.7/32"]), min_size=1, unique=True)
    direct = st.fixed_dictionaries({"kind": st.just("direct"), "allow_from": blocks})
    closed = [ACCESS[cloud], *(["instance-connect"] if cloud == "aws" and not stands else [])]
    portless = st.fixed_dictionaries({"kind": st.sampled_from(closed)})
    return portless | direct | bastions(cloud, blocks, stands=stands)


def bastions(cloud: str, blocks: st.SearchStrategy[list[str]], *, stands: bool) -> st.SearchStrategy[Data]:
    """Return a bastion, which in a VPC that stands already is told its subnet."""
    subnet = {"subnet": st.just("subnet-0123456789abcdef9")} if cloud == "aws" and stands else {}
    chosen = {
        "machine": st.sampled_from(["t3.micro", "t4g.small"] if cloud == "aws" else ["e2-small", "n4-standard-2"]),
        "image": st.just(IMAGE_IDS[cloud]) | st.just("ubuntu-22.04"),
    }
    return st.fixed_dictionaries({"kind": st.just("bastion"), "allow_from": blocks, **subnet}, optional=chosen)
