"""Valid blueprints as data: every kind of thing the language has, at places and in sizes that clouds sell."""

from __future__ import annotations

import json
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.compiler.links import links
from tests.compiler.networks import IMAGE_IDS, accesses, networks
from tests.compiler.overrides import overridden
from tests.compiler.parts import flat, renamed, some
from tests.compiler.readers import BUDGETS, monitorings
from tests.compiler.schedulers import fitting, schedulers
from tests.compiler.storages import backups, records, storages
from tests.compiler.validations import images as container_images
from tests.compiler.validations import validations

from rackwright.catalog import (
    attachables,
    attached,
    images,
    limits,
    machines,
    offered_in,
    quotas,
    regions,
    slice_types,
    software_for,
)
from rackwright.catalog.images import no_client
from rackwright.catalog.pins import pinnable, pinned, unfit
from rackwright.rules.demands import demands
from rackwright.rules.images import drives, is_served
from rackwright.rules.joined import TOGETHER
from rackwright.rules.scheduler import UNPACKAGED

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.catalog import Machine


Data = dict[str, Any]
Draw = st.DrawFn
TAKEN = frozenset({"aws", "gcp", "hosts", "json", "key", "nat", "ring", "row", "site", "str", "vpc"})
"""Short names that programs have already; PLAN-E107 refuses them as names of storage."""
SHORT = st.from_regex(r"[a-z][a-z0-9-]{0,4}[a-z0-9]", fullmatch=True).filter(
    lambda name: name not in TAKEN and not iskeyword(name)
)
TEXT = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
TAGGED = st.text(st.characters(max_codepoint=0xFFFF, categories=["L", "N"], include_characters=" _.:/=+-@"), min_size=1)
"""Words that tags of AWS can hold."""
PATHS = ("/data", "/scratch", "/shared", "/srv/models", "/home/teams", "/mnt/weights")
LABELS = st.dictionaries(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), SHORT, max_size=2)
RESERVATIONS = {
    "aws": ["cr-0123456789abcdef0", "arn:aws:resource-groups:REGION:111122223333:group/h100"],
    "gcp": ["mega-2026", "projects/acme-shared/reservations/pool", "mega-2026/reservationBlocks/block-1"],
}
REGIONS = {cloud: [one for one in regions(cloud) if one.zones] for cloud in ("aws", "gcp")}
MOST_SLICES_HOSTS = 16


def _runs_tensorflow(accelerator: str | None, arch: str) -> bool:
    software = software_for(accelerator, arch) if accelerator else None
    return software is None or not software.refused


MACHINES = {
    cloud: [
        one.name
        for one in machines(cloud)
        if _runs_tensorflow(one.accelerator, one.arch)
        and not (one.fabric and one.fabric.network_profile == "vpc-roce-metal")
    ]
    for cloud in ("aws", "gcp")
}
"""Machines of every family that this version plans; FAB-E111 refuses the others."""
ACCELERATED = {
    one.name for one in machines() if one.accelerators or one.family == "h4d" or one.family.startswith("hpc")
}
"""Machines that clusters are made for; the others are many and much alike."""
N1 = [one.name for one in machines("gcp") if one.family == "n1"]
"""Machines that accelerators are attached to."""
WIDE = [
    one.name
    for one in machines("gcp")
    if (known := limits("gcp", one.name)) and known.tier1_vcpus and (one.vcpus or 0) >= known.tier1_vcpus
]
"""Machines that have Tier_1 networking."""
QUEUED_TOGETHER = ("a3-ultragpu-8g", "a4-highgpu-8g", "h4d-standard-192", "h4d-highmem-192")
"""Machines that CAP-E112 lets be queued for and placed together."""
SCATTERED = {
    one.name
    for cloud, kind in TOGETHER.items()
    for one in machines(cloud)
    if (known := limits(cloud, one.name)) and known.placement and kind not in known.placement
}
"""Machines that FAB-E112 lets nobody place together."""
CHOSEN = ["p4d.24xlarge", "p4de.24xlarge", "p5.48xlarge", "g4dn.metal"]
"""Machines that follow from their accelerators wherever they are sold."""
IN_BLOCKS = [
    name for name in MACHINES["aws"] if "capacity-block" in (known.offers if (known := limits("aws", name)) else ())
]
SLICES = [
    one.name for one in slice_types() if one.hosts <= MOST_SLICES_HOSTS and _runs_tensorflow(one.accelerator, one.arch)
]
"""Slices of as many hosts as stand-ins in a proof have items; of these, each has one topology."""


POLICIES = st.fixed_dictionaries(
    {"severity": st.sampled_from([{"NODE-E102": "error"}, {"FAB-W103": "warning", "FAB-W104": "note"}])}
)
"""Weights that make nothing of a valid blueprint an error."""

POWERS = some({"kilowatts": st.just(10**6), "pue": st.sampled_from([1, 1.25]), "gco2e_per_kwh": st.just(2000)})
"""Limits that every valid blueprint keeps."""


@st.composite
def blueprints(draw: Draw, clouds: tuple[str, ...] = ("aws", "gcp"), names: st.SearchStrategy[str] = SHORT) -> Data:
    """Return a blueprint that every rule accepts."""
    keys = draw(st.lists(names, min_size=1, max_size=2, unique_by=flat))
    found = {key: draw(sites(number, draw(st.sampled_from(clouds)), names)) for number, key in enumerate(keys)}
    words = (TAGGED if any(site["cloud"] == "aws" for site in found.values()) else TEXT).map(str.strip).filter(bool)
    data: Data = {
        "blueprint": 1,
        "name": draw(SHORT),
        "owner": {"team": draw(words), "cost_center": draw(words)},
        "sites": found,
    }
    data["sites"] = draw(renamed(data["sites"]))
    data |= draw(links(data["sites"], names))
    optional = {
        "budget": BUDGETS,
        "power": POWERS,
        "environment": st.sampled_from(["dev", "staging", "prod"]),
        "policy": POLICIES,
        "renamed_from": st.just(f"was{data['name']}"),
        "bases": st.just({"spare": {"machine": "m7i.large"}}),
    }
    weighed = st.fixed_dictionaries({"suppress": suppressions(data)}) | profiles(data) | st.just({})
    found = data | draw(some(optional)) | draw(weighed)
    paid = [one for one in data["sites"].values() if one["cloud"] == "gcp"]
    if len(paid) == 1 and found.get("budget", {}).get("alerts"):
        paid[0]["billing_account"] = "012345-6789AB-CDEF01"
    elif paid and "budget" in found:
        found["budget"] = {"usd_per_month": 10**9}
    return fitting(found)


@st.composite
def profiles(draw: Draw, data: Data) -> Data:
    """Return the profile of an industry, with everything accepted that it does not."""
    profile = draw(st.sampled_from(["manufacturing", "healthcare", "autonomous-driving", "finance"]))
    accepted = [
        {"code": code, "at": f"sites.{site}", "reason": "reviewed"}
        for code in demands(profile)
        for site in data["sites"]
    ]
    return {"profile": profile, "suppress": accepted}


def suppressions(data: Data) -> st.SearchStrategy[list[Data]]:
    """Return findings that are accepted somewhere in a blueprint, there or not."""
    places = st.sampled_from([f"sites.{name}" for name in data["sites"]] + ["name", "owner.team"])
    needed = {"code": st.sampled_from(["NET-W105", "ID-W101", "ACC-E101"]), "at": places, "reason": SHORT}
    until = st.sampled_from(["2026-01-31", "2028-02-29"])
    return st.lists(st.fixed_dictionaries(needed, optional={"until": until}), min_size=1, max_size=2)


@st.composite
def sites(draw: Draw, number: int, cloud: str, names: st.SearchStrategy[str]) -> Data:
    """Return the site that is `number` of its blueprint, on one cloud."""
    region = draw(st.sampled_from(REGIONS[cloud]))
    zones = draw(st.lists(st.sampled_from(region.zones), min_size=1, max_size=4, unique=True))
    network = draw(networks(cloud, number, zones))
    nat = network.get("nat", "single")
    stored = draw(storages(cloud, zones, names, own="existing" not in network))
    kinds = clusters(cloud, zones, stored, closed=nat == "none")
    unlike = st.dictionaries(names, kinds, max_size=2).filter(lambda found: len({*map(flat, found)}) == len(found))
    site: Data = {
        "cloud": cloud,
        **({"account": "111122223333"} if cloud == "aws" else {"project": "acme-ai-prod"}),
        "region": region.name,
        "network": network,
        "storage": stored,
        "clusters": draw(renamed(draw(unlike))),
    }
    granted = st.dictionaries(st.sampled_from([one.key for one in quotas(cloud)]), st.just(10**6), max_size=2)
    access = accesses(cloud, stands="existing" in network)
    site |= draw(some({"access": access, "quotas": granted, **identities(cloud, region.name)}))
    site |= draw(some({"monitoring": monitorings(site)}))
    site |= draw(backups(cloud, stored))
    return draw(overridden(site | draw(records(site)) if cloud == "aws" else site))


def identities(cloud: str, region: str) -> dict[str, st.SearchStrategy[Any]]:
    """Return keys and bounds that a site may bring along."""
    arn = f"arn:aws:kms:{region}:444455556666:key/1234abcd-12ab-34cd-96ef-1234567890ab"
    name = f"projects/acme-keys/locations/{region}/keyRings/ai/cryptoKeys/site"
    keys = some({"existing": st.just(arn if cloud == "aws" else name)})
    profile = some({"existing": st.just("arn:aws:iam::111122223333:instance-profile/platform/hosts")})
    policy = st.just("arn:aws:iam::111122223333:policy/platform/boundary")
    boundary = some({"permissions_boundary": policy, "identity": profile})
    service = some({"existing": st.just("hosts-ai@acme-ai-prod.iam.gserviceaccount.com")})
    recorded = some({"audit": st.sampled_from(["none", "data-access"]), "identity": service})
    return {"keys": keys, "security": boundary if cloud == "aws" else recorded}


def clusters(cloud: str, zones: list[str], stored: Data, *, closed: bool) -> st.SearchStrategy[Data]:
    """Return a cluster of machines or slices; hosts of a `closed` site bring their software in their image."""
    found = machine_clusters(cloud, zones, stored, closed=closed)
    return found | slice_clusters(zones, stored) if cloud == "gcp" and not closed else found


@st.composite
def machine_clusters(draw: Draw, cloud: str, zones: list[str], stored: Data, *, closed: bool) -> Data:
    """Return a cluster of machines."""
    chosen = [one for one in CHOSEN if cloud == "aws" and offered_in(cloud, one, zones[0][:-1]) is not False]
    follows = bool(chosen) and draw(st.booleans())
    made_for = [one for one in MACHINES[cloud] if one in ACCELERATED]
    pools = [chosen] if follows else [made_for, MACHINES[cloud], *([IN_BLOCKS] if cloud == "aws" else [N1, WIDE])]
    name = draw(st.sampled_from(draw(st.sampled_from(pools))))
    known = next(one for one in machines(cloud) if one.name == name)
    own = draw(local_scratches(cloud, name)) | draw(attachments(known)) | ({} if follows else draw(bandwidths(known)))
    if "attached" in own:
        known = attached(known, own["attached"]["type"], own["attached"]["count"]) or known
    count = draw(st.integers(1, 12))
    absent = st.lists(st.integers(0, count - 1), max_size=count - 1, unique=True)
    without = [] if follows else draw(absent)
    joined = known.fabric is not None and count - len(without) > 1
    fixed = st.just(IMAGE_IDS[cloud])
    takes = known_limits.disk_types if (known_limits := limits(cloud, name)) else ()
    mountable = [key for key, one in stored.items() if not takes or one.get("type") in {None, *takes}]
    contained, grouped = draw(st.booleans()), not without and draw(st.booleans())
    if grouped:
        mountable = [key for key in mountable if stored[key]["kind"] != "block" or not stored[key].get("backups")]
    kinds = {one["kind"] for one in stored.values()} | ({"containers"} if contained else set())
    zone = draw(st.sampled_from(zones))
    forced = ({"zone": zone} if zone != zones[0] else {}) | ({"image": draw(fixed)} if closed else {})
    pulled = container_images(cloud, zone[:-1].rstrip("-"), closed=closed) if contained else ()
    optional = common([zone], mountable, joined=joined, releases=releases(known), images=pulled) | {
        "provision": st.just("instances"),
        "capacity": capacities(cloud, name, zone),
        "placement": st.sampled_from(["auto", "none", *(["cluster"] if name not in SCATTERED else [])]),
        "disk": st.sampled_from(["100GiB", "500GiB", "1TiB"]),
        "disk_type": st.just(known.boot_disk),
        "image": fixed if closed else fixed | st.sampled_from(aliases(known, kinds)),
    }
    if contained:
        forced["software"] = draw(optional["software"]) | {"containers": "docker"}
    nodes = draw(st.sampled_from([count, {"count": count}])) if not without else {"count": count, "without": without}
    if grouped:
        forced["provision"] = "group"
        optional["capacity"] = capacities(cloud, name, zone).filter(_of_groups)
    elif draw(st.booleans()):
        forced["scheduler"] = draw(schedulers(SHORT, cloud, known.arch, count - len(without)))
        optional["image"] = optional["image"].filter(lambda image: not image.startswith(UNPACKAGED))
    if follows:
        asked = {"type": known.accelerator, "count": known.accelerators * count}
        return {"accelerator": asked, **draw(some(optional)), **own, **forced}
    found = {"machine": name, "nodes": nodes, **draw(some(optional)), **own, **forced}
    if found.get("capacity", {}).get("kind") == "flex-start" and name not in QUEUED_TOGETHER:
        found.pop("placement", None)
    return found | draw(shortened(found))


def shortened(cluster: Data) -> st.SearchStrategy[Data]:
    """Return the capacity of a cluster as it is, or as one word where nothing but its kind is said."""
    capacity = cluster.get("capacity", {})
    return st.sampled_from([{}, {"capacity": capacity["kind"]}] if [*capacity] == ["kind"] else [{}])


def aliases(host: Machine, kinds: set[str]) -> list[str]:
    """Return the images that a machine can have: SOFT-E103, SOFT-E104 and MOUNT-E110 refuse the others."""
    fits = (one for one in images(host.cloud) if one.arch == host.arch and is_served(one, host.accelerator))
    drive = (one for one in fits if drives(one, host.accelerator))
    return sorted(one.alias for one in drive if not any(no_client(one, kind) for kind in kinds))


def _of_groups(capacity: Data) -> bool:
    """Return whether machines of a group can come from there, on both clouds."""
    return capacity.get("interruption") != "stop" and capacity.get("kind") != "flex-start"


def attachments(host: Machine) -> st.SearchStrategy[Data]:
    """Return accelerators that are attached to a machine, where it takes some."""
    fitting = [
        {"attached": {"type": one.accelerator, "count": one.count}}
        for one in attachables(host.cloud, host.family)
        if (host.vcpus or 0) <= one.most_vcpus and (host.memory_gib or 0) <= one.most_memory_gib
    ]
    return st.sampled_from([{}, *fitting])


def bandwidths(host: Machine) -> st.SearchStrategy[Data]:
    """Return which bandwidth is bought for a machine, of what it has."""
    return st.sampled_from([{}, {"bandwidth": "tier-1" if host.name in WIDE else "default"}])


def local_scratches(cloud: str, machine: str) -> st.SearchStrategy[Data]:
    """Return where a machine's own disks may be mounted, and how many there are where that is chosen."""
    known = limits(cloud, machine)
    path = {"local_scratch": st.sampled_from(["/local", "/nvme/own"])}
    if known and known.nvme_choices:
        return st.just({}) | st.fixed_dictionaries({**path, "local_disks": st.sampled_from(known.nvme_choices)})
    return some(path) if known and known.nvme_disks else st.just({})


@st.composite
def slice_clusters(draw: Draw, zones: list[str], stored: Data) -> Data:
    """Return a cluster of TPU slices."""
    mountable = [key for key, one in stored.items() if one["kind"] != "block"]
    accelerator = draw(st.sampled_from(SLICES))
    known = next(one for one in slice_types() if one.name == accelerator)
    runtime = known.runtime_version or "v2-alpha-tpu7-ubuntu2404"
    optional = common(zones, mountable, joined=True, releases=[]) | {
        "slices": st.integers(1, 3),
        "capacity": st.sampled_from([{}, {"kind": "on-demand"}, {"kind": "spot"}, {"kind": "reserved"}]),
        "runtime": st.sampled_from([runtime, "a-runtime-of-tomorrow"]),
        "topology": st.just(known.topology),
    }
    unknown = {} if known.runtime_version else {"runtime": runtime}
    found = {"accelerator": accelerator, **unknown, **draw(some(optional))}
    return found | draw(shortened(found))


def releases(host: Machine) -> list[str]:
    """Return the releases of TensorFlow that a machine can have, whatever the Python of its image."""
    stack = software_for(host.accelerator, host.arch)
    fit = [pinned(stack, one) for one in pinnable() if not unfit(stack, one)] if stack and stack.variant else []
    return [one.tensorflow for one in fit if one.tensorflow and stack and one.python_max == stack.python_max]


def common(
    zones: list[str], mountable: list[str], *, joined: bool, releases: list[str], images: tuple[str, ...] = ()
) -> dict[str, st.SearchStrategy[Any]]:
    """Return what clusters of both kinds may say; `joined` hosts are asked for a fabric, commands run in `images`."""
    packages = st.sampled_from([[], ["einops==0.8.1", "transformers[sklearn]==4.57.1"]])
    framework = st.just("tensorflow")
    versions = {"version": st.sampled_from(releases)} if releases else {}
    mounted = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(mountable)) if mountable else st.just({})
    return {
        "zone": st.sampled_from(zones),
        "mounts": mounted,
        "read_mbs": st.sampled_from([100, 2000]),
        "software": some({"framework": framework, "requirements": packages, "containers": st.just("none"), **versions}),
        "validate": validations(joined=joined, images=images),
        "labels": LABELS,
    }


def capacities(cloud: str, name: str, zone: str) -> st.SearchStrategy[Data]:
    """Return where machines of a type come from, in every way to write it."""
    demanded = {"reserve": st.booleans()} if cloud == "aws" else {}
    on_demand = st.fixed_dictionaries({"kind": st.just("on-demand")}, optional=demanded)
    kinds = [st.just({}), on_demand, reservations(cloud, zone)]
    known = limits(cloud, name)
    offers = known.offers if known and known.offers else ("on-demand", "spot")
    if "spot" in offers:
        optional = {"interruption": st.sampled_from(["terminate", "stop"])}
        kinds.append(st.fixed_dictionaries({"kind": st.just("spot")}, optional=optional))
    if "capacity-block" in offers:
        days = {"starts": st.just("2027-03-01"), "ends": st.sampled_from(["2027-03-02", "2027-08-30"])}
        bought = {"kind": st.just("block"), "reservation": st.just("cr-0123456789abcdef1"), **days}
        kinds.append(st.fixed_dictionaries(bought, optional=stated(zone, 64)))
    if cloud == "gcp" and not (known and known.offers and "flex-start" not in known.offers):
        kinds.append(st.fixed_dictionaries({"kind": st.just("flex-start"), "hours": st.integers(1, 168)}))
    return st.one_of(kinds)


def reservations(cloud: str, zone: str) -> st.SearchStrategy[Data]:
    """Return a reservation, with and without what may be said of it."""
    optional = {"kind": st.just("reservation"), **stated(zone, 10_000)}
    if cloud == "aws":
        optional["group"] = st.just("h100-group")
    names = [name.replace("REGION", zone[:-1]) for name in RESERVATIONS[cloud]]
    return st.fixed_dictionaries({"reservation": st.sampled_from(names)}, optional=optional)


def stated(zone: str, most: int) -> dict[str, st.SearchStrategy[Any]]:
    """Return what may be said of reserved machines in a zone, as many as there can be."""
    return {"zone": st.just(zone), "count": st.just(most)}


def written(data: Any, root: Path) -> Path:
    """Return the file of a blueprint below `root`, where its repository would have it."""
    name = data.get("name", "broken") if isinstance(data, dict) else "broken"
    path = root / "stacks" / (name if isinstance(name, str) and name.isidentifier() else "broken") / "blueprint.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path
