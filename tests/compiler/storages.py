"""The storage of valid blueprints as data: every kind, in sizes that clouds sell."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.compiler.parts import Data, flat, renamed, some

from rackwright.catalog import size_ranges, throughput

Draw = st.DrawFn
KEY = "arn:aws:kms:REGION:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab"
INSTANCE = "projects/acme-data/locations/us-central1-a/instances/shared"
"""What stands already."""
LOCKS = {"aws": ["none", "governance", "compliance"], "gcp": ["none", "compliance"]}
DELETIONS = st.sampled_from(["protect", "retain", "delete"])


@st.composite
def storages(draw: Draw, cloud: str, zones: list[str], names: st.SearchStrategy[str], *, own: bool) -> Data:
    """Return the storage of a site, whose network is its `own`; buckets come first, file systems link to them."""
    keys = draw(st.lists(names, max_size=4, unique_by=flat))
    found: Data = {}
    for key in keys:
        buckets = [name for name, one in found.items() if one["kind"] == "object"]
        found[key] = draw(
            objects(cloud, zones) | files(cloud, zones, own=own) | blocks(cloud) | parallels(cloud, zones, buckets)
        )
    return draw(renamed(found))


@st.composite
def backups(draw: Draw, cloud: str, stored: Data) -> Data:
    """Return the plan of a site: where some storage asks for it; EFS has backups without one."""
    asking = [one for one in stored.values() if one.get("backups")]
    needed = any(cloud == "gcp" or one["kind"] == "object" for one in asking)
    if not needed and not (asking and draw(st.booleans())):
        return {}
    locked = any(one["kind"] != "block" for one in asking)
    locks = st.sampled_from(LOCKS[cloud] if locked else ["none"])
    return {"backup": draw(some({"keep_days": st.integers(1, 400), "hour": st.integers(0, 23), "lock": locks}))}


@st.composite
def records(draw: Draw, site: Data) -> Data:
    """Return what a site on AWS records of the access to its buckets."""
    buckets = [one for one in site["storage"].values() if one["kind"] == "object"]
    recorded = {"audit": st.just("data-access")} if buckets else {"audit": st.just("none")}
    asked = draw(some(recorded))
    days = draw(some({"audit_days": st.integers(1, 4000)})) if asked.get("audit") == "data-access" else {}
    return {"security": {**site.get("security", {}), **asked, **days}} if asked else {}


def objects(cloud: str, zones: list[str]) -> st.SearchStrategy[Data]:
    """Return a bucket."""
    optional = {
        "versioned": st.booleans(),
        "expire_noncurrent_days": st.integers(1, 400),
        "deletion": DELETIONS,
        "lifecycle": st.dictionaries(st.sampled_from(["checkpoints/", "runs/logs/"]), lifecycles(), max_size=2),
    }
    found = st.fixed_dictionaries({"kind": st.just("object")}, optional=optional)
    if cloud == "aws":
        kept = {"kind": st.just("object"), "backups": st.booleans()}
        region = zones[0][:-1]
        standing = {"key": st.just(KEY.replace("REGION", region)), "region": st.just(region)}
        return found | st.fixed_dictionaries(kept) | existing_buckets(standing)
    folders = {"kind": st.just("object"), "versioned": st.just(value=False), "hierarchical": st.booleans()}
    kept = {"soft_delete_days": st.sampled_from([0, 7, 90])}
    cached = {"cached_in": st.lists(st.sampled_from(zones), max_size=2, unique=True)}
    moved = {"kind": st.just("object"), "autoclass": st.booleans()}
    own = found | st.fixed_dictionaries(folders, optional=kept) | st.fixed_dictionaries(moved, optional=cached)
    return own | existing_buckets({"region": st.sampled_from([zones[0][:-2], "us-east4", "EU"])})


def existing_buckets(optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    """Return a bucket that stands already."""
    existing = st.fixed_dictionaries({"name": st.just("acme-corpora")}, optional=optional)
    return st.fixed_dictionaries({"kind": st.just("object"), "existing": existing})


def lifecycles() -> st.SearchStrategy[Data]:
    """Return what becomes of objects: they move, are deleted, or both in that order."""
    moved, deleted = st.integers(30, 60), st.integers(61, 400)
    found = st.fixed_dictionaries({"infrequent_after_days": moved}, optional={"expire_after_days": deleted})
    return found | st.fixed_dictionaries({"expire_after_days": deleted})


@st.composite
def files(draw: Draw, cloud: str, zones: list[str], *, own: bool) -> Data:
    """Return a shared file system: EFS takes no size, OpenZFS a size and a speed, Filestore has sizes by tier."""
    found: Data = {"kind": "file", **draw(some({"deletion": DELETIONS}))}
    if cloud == "gcp":
        found["tier"] = draw(st.sampled_from(["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL", "ENTERPRISE"]))
        found["size"] = draw(sold("filestore", found["tier"]))
        if not found["tier"].startswith("BASIC"):
            found |= draw(some({"backups": st.booleans()}))
        return draw(st.sampled_from([found, found, {"kind": "file", "existing": INSTANCE}]))
    found |= draw(some({"backups": st.booleans(), "engine": st.just("efs")}))
    existing = {"kind": "file", "existing": "fs-0123456789abcdef0"}
    served = draw(openzfs(zones, standby=own and len(zones) > 1)) | found | {"engine": "openzfs"}
    return draw(st.sampled_from([found, served, served, existing]))


@st.composite
def openzfs(draw: Draw, zones: list[str], *, standby: bool) -> Data:
    """Return what an OpenZFS file system says of itself."""
    found: Data = {"size": draw(st.sampled_from(["64GiB", "1TiB", "512TiB"]))}
    deployments = ["SINGLE_AZ_1", "SINGLE_AZ_2", *(["MULTI_AZ_1"] if standby else [])]
    found |= draw(some({"zone": st.sampled_from(zones)})) | {"deployment": draw(st.sampled_from(deployments))}
    sold = throughput("fsx-openzfs", found.get("deployment", "SINGLE_AZ_2"))
    return found | {"throughput": draw(st.sampled_from(sold.values if sold else ()))}


def parallels(cloud: str, zones: list[str], buckets: list[str]) -> st.SearchStrategy[Data]:
    """Return a Lustre file system: one that lasts on both clouds, scratch on AWS alone."""
    placed: dict[str, st.SearchStrategy[Any]] = {"zone": st.sampled_from(zones), "deletion": DELETIONS}
    if cloud == "gcp":
        standing = st.fixed_dictionaries({"kind": st.just("parallel"), "existing": st.just(INSTANCE)})
        return lasting("managed-lustre", placed) | lasting("managed-lustre", placed) | standing
    joined = {"linked_to": st.sampled_from(buckets), "links": links(buckets), "writes_back": st.booleans()}
    linked = placed | (joined if buckets else {})
    metadata = {"metadata_iops": st.sampled_from([1500, 12000, 24000]), "lifetime": st.just("persistent")}
    kept = placed | metadata | {"backup_days": st.integers(0, 90)}
    fast = lasting("fsx-lustre-efa", linked | metadata | {"efa": st.just(value=True)})
    return lasting("fsx-lustre", linked | metadata) | lasting("fsx-lustre", kept) | scratches(linked) | fast


@st.composite
def lasting(draw: Draw, service: str, optional: dict[str, st.SearchStrategy[Any]]) -> Data:
    """Return a persistent file system with its throughput."""
    throughput = draw(st.sampled_from([125, 250, 500, 1000]))
    size = draw(sold(service, str(throughput)))
    return {"kind": "parallel", "throughput": throughput, "size": size, **_once(draw(some(optional)))}


@st.composite
def scratches(draw: Draw, optional: dict[str, st.SearchStrategy[Any]]) -> Data:
    """Return a scratch file system on AWS."""
    size = draw(sold("fsx-lustre-scratch-2", "200"))
    return {"kind": "parallel", "lifetime": "scratch", "size": size, **_once(draw(some(optional)))}


def links(buckets: list[str]) -> st.SearchStrategy[Data]:
    """Return links at paths beside each other."""
    return st.lists(st.sampled_from(buckets), unique=True).map(
        lambda some: {name: f"/links/{number}" for number, name in enumerate(some)}
    )


def _once(found: Data) -> Data:
    """Return a file system that links no bucket twice, and writes back to nothing where it links none."""
    if not found.get("linked_to") and not found.get("links"):
        found.pop("writes_back", None)
    if "links" in found and "linked_to" in found:
        found["links"] = {name: path for name, path in found["links"].items() if name != found["linked_to"]}
    return found


def blocks(cloud: str) -> st.SearchStrategy[Data]:
    """Return a volume for each node."""
    needed = {"kind": st.just("block"), "size": st.sampled_from(["500GiB", "2TiB"])}
    general = {"iops": st.integers(3000, 4000), "throughput": st.integers(125, 500)}
    found = st.fixed_dictionaries(needed, optional=general)
    promised = {**needed, "type": st.just("io2"), "iops": st.sampled_from([100, 64000, 256000])}
    if cloud == "aws":
        return found | st.fixed_dictionaries(promised)
    typed = st.fixed_dictionaries({**needed, "type": st.just("pd-ssd")})
    fast = {**needed, "type": st.just("hyperdisk-balanced"), **general, "throughput": st.integers(140, 500)}
    kept = st.fixed_dictionaries({**needed, "backups": st.booleans()})
    return st.fixed_dictionaries(needed) | typed | st.fixed_dictionaries(fast) | kept


def sold(service: str, tier: str) -> st.SearchStrategy[str]:
    """Return a size that a service sells in a tier."""
    starts = [one.min_gib for one in size_ranges(service, tier)]
    steps = [one.min_gib + (one.step_gib or 1) for one in size_ranges(service, tier) if one.max_gib != one.min_gib]
    return st.sampled_from([f"{size}GiB" for size in (*starts, *steps)])
