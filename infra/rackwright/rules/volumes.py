"""Block volumes: types that a cloud does not have, and what is beyond a type; more of them than a machine takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint, gib
from rackwright.catalog import VOLUME, VolumeType, limits, volume_type, volume_types
from rackwright.derive.disks import LETTERS, volume_kind
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import StoragePlace, clusters, machine_clusters, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html"
HYPERDISKS = "https://cloud.google.com/compute/docs/disks/hyperdisks"
DEVICES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html"


class UnknownVolume(Rule[Blueprint]):
    """A volume of a type that its cloud does not have."""

    problem = Problem(
        "STOR-E116",
        Severity.ERROR,
        "The cloud has no such volume type",
        "A block volume is of one of the types of its cloud: on AWS gp3 where nothing is said, io2 where operations a "
        "second must be promised; on Google Cloud hyperdisk-balanced where nothing is said and the machine attaches "
        "it, else pd-balanced.",
        "cache: {kind: block, size: 2TiB, type: io2, iops: 64000}",
        (TYPES, HYPERDISKS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every type that is said."""
        for place, given in _volumes(subject):
            if given.type is not None and volume_type(place.at.cloud, given.type) is None:
                names = [one.name for one in volume_types(place.at.cloud)]
                hint = suggest(given.type, names) or f"known: {', '.join(names)}"
                yield self.problem.at((*place.path, "type"), f"there is no volume type '{given.type}'", hint)


class VolumeBeyondType(Rule[Blueprint]):
    """A block volume that asks for what its type does not have."""

    problem = Problem(
        "STOR-E115",
        Severity.ERROR,
        "A block volume asks for what its type does not have",
        "Each type has its sizes, and ties operations a second to the size: gp3 takes 500 for each GiB and 0.25 MiB/s "
        "for each operation, io2 takes 1000 for each GiB. io1 and io2 must be told how many; of AWS only gp3 takes a "
        "throughput. hyperdisk-balanced takes both as gp3 does, persistent disks take neither: theirs follow from size "
        "and machine.",
        "cache: {kind: block, size: 2TiB, iops: 16000, throughput: 1000}",
        (
            "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
            "https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html",
            "https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block volume, as each of the types that it is on the machines that mount it."""
        for place, given in _volumes(subject):
            types = [volume_type(place.at.cloud, name) for name in _types(subject, place, given)]
            found = [wrong for known in types if known for wrong in _beyond(given, known)]
            for key, message, hint in dict.fromkeys(found):
                path = (*place.path, key) if key in given.model_fields_set else place.path
                yield self.problem.at(path, message, hint)


class UnattachableVolume(Rule[Blueprint]):
    """A volume of a type that the machines which mount it do not attach."""

    problem = Problem(
        "MOUNT-E107",
        Severity.ERROR,
        "The machine does not attach volumes of this type",
        "Each series of Google Cloud attaches some types of disks alone: A4 no persistent disks, G2 no "
        "hyperdisk-balanced. Without `type` a volume is of one that the machine attaches.",
        "cache: {kind: block, size: 2TiB}",
        (HYPERDISKS, "https://cloud.google.com/compute/docs/disks/persistent-disks"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount of a volume whose type is said and known; series nobody describes pass."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            for path, name in cluster.mounts.items() if known and known.disk_types else ():
                given = place.at.site.storage.get(name)
                asked = given.type if isinstance(given, BlockStorage) else None
                if known and asked not in {None, *known.disk_types} and volume_type(place.at.cloud, str(asked)):
                    message = f"{cluster.machine} attaches no {asked}"
                    hint = f"it attaches {', '.join(known.disk_types)}"
                    yield self.problem.at((*place.path, "mounts", path), message, hint)


class TooManyVolumes(Rule[Blueprint]):
    """More block volumes on a machine than names for them."""

    problem = Problem(
        "MOUNT-E106",
        Severity.ERROR,
        "More block volumes than a machine has names for",
        f"Volumes of a machine are called /dev/sdf to /dev/sdp: {len(LETTERS)} of them.",
        "storage: {cache: {kind: block, size: 2TiB}}\nclusters: {train: {mounts: {/cache: cache}}}",
        (DEVICES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Count the block volumes that each cluster on AWS mounts, and name the first one too many."""
        for place in clusters(subject):
            stored, seen = place.at.site.storage, list[str]()
            for path, name in place.cluster.mounts.items() if place.at.cloud == "aws" else ():
                if name not in seen and isinstance(stored.get(name), BlockStorage):
                    seen.append(name)
                    if len(seen) == len(LETTERS) + 1:
                        message = f"'{name}' is block volume {len(seen)} of its machine"
                        hint = f"at most {len(LETTERS)} are possible"
                        yield self.problem.at((*place.path, "mounts", path), message, hint)


class ManyAttachments(Rule[Blueprint]):
    """More block volumes on a machine than it attaches."""

    problem = Problem(
        "MOUNT-E112",
        Severity.ERROR,
        "More block volumes than the machine attaches",
        "Every machine type attaches a number of disks: most of EC2 two dozen and more, g5.48xlarge nine with its boot "
        "disk, small shared-core machines of Google Cloud fifteen beside it. A launch with more is refused.",
        "storage: {cache: {kind: block, size: 2TiB}}\nclusters: {train: {mounts: {/cache: cache}}}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html",
            "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/1688",
            "https://cloud.google.com/compute/docs/disks/persistent-disks",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Count the block volumes that each cluster mounts, and name the first one too many."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            stored = place.at.site.storage
            block = {name: path for path, name in cluster.mounts.items() if isinstance(stored.get(name), BlockStorage)}
            most = known.volumes - (place.at.cloud == "aws") if known and known.volumes else len(block)
            if most < len(block) and (place.at.cloud == "gcp" or len(block) <= len(LETTERS)):
                name = list(block)[most]
                message = f"'{name}' is block volume {most + 1} of its machine, and {cluster.machine} attaches {most}"
                boot = ", beside its boot disk"
                yield self.problem.at((*place.path, "mounts", block[name]), message + boot, "make fewer, larger ones")


def _volumes(blueprint: Blueprint) -> Iterator[tuple[StoragePlace, BlockStorage]]:
    """Yield every block volume."""
    for place in storages(blueprint):
        if isinstance(place.storage, BlockStorage):
            yield place, place.storage


def _types(blueprint: Blueprint, place: StoragePlace, given: BlockStorage) -> tuple[str, ...]:
    """Return the types that a volume is of: as said, or one for each machine that mounts it."""
    if given.type or place.at.cloud == "aws":
        return (given.type or VOLUME,)
    machines = (
        cluster.machine
        for one, cluster in machine_clusters(blueprint)
        if one.at.name == place.at.name and place.name in cluster.mounts.values()
    )
    return tuple(dict.fromkeys(volume_kind(place.at.cloud, machine, None) for machine in machines))


def _beyond(given: BlockStorage, known: VolumeType) -> Iterator[tuple[str, str, str]]:
    """Yield every key that its type does not take so, with what is wrong and what to say instead."""
    size = gib(given.size)
    if size > known.max_gib:
        yield "size", f"{given.size} ({size}GiB) is more than {known.name} has", f"at most {known.max_gib}GiB"
    elif size < known.min_gib:
        yield "size", f"{given.size} is less than {known.name} has", f"at least {known.min_gib}GiB"
    wrong = _operations(given, known, size)
    yield from (("iops", *wrong),) if wrong else _throughput(given, known)


def _operations(given: BlockStorage, known: VolumeType, size: int) -> tuple[str, str] | None:
    """Return what is wrong with the operations a second, None where nothing is."""
    if known.min_iops is None or known.max_iops is None:
        return (f"{known.name} takes no iops", "remove iops") if given.iops is not None else None
    baseline = 0 if known.needs_iops else known.min_iops
    most = min(known.max_iops, max(baseline, size * (known.iops_per_gib or known.max_iops)))
    if given.iops is None:
        hint = f"say iops: {known.min_iops} to {most}"
        return (f"a volume of type {known.name} needs iops", hint) if known.needs_iops else None
    if given.iops < known.min_iops:
        return f"{known.name} has no {given.iops} operations a second", f"at least {known.min_iops}"
    if given.iops > most:
        return f"{known.name} of {size}GiB has no {given.iops} operations a second", f"at most {most}"
    return None


def _throughput(given: BlockStorage, known: VolumeType) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the throughput."""
    if given.throughput is None:
        return
    least, most, ratio = known.min_throughput, known.max_throughput, known.throughput_per_iops
    if least is None or most is None:
        yield "throughput", f"{known.name} takes no throughput", "remove throughput: it follows from size or iops"
        return
    operations = given.iops or known.min_iops or 0
    widest = min(most, int(operations * ratio)) if ratio else most
    if given.throughput < least:
        yield "throughput", f"{given.throughput} MiB/s are less than {known.name} has", f"at least {least} MiB/s"
    elif given.throughput > widest:
        short = f"{given.throughput} MiB/s need more than {operations} operations a second"
        message = f"{given.throughput} MiB/s are more than {known.name} has" if widest == most else short
        yield "throughput", message, f"at most {widest} MiB/s, or more iops"


RULES: tuple[Rule[Blueprint], ...] = (
    UnknownVolume(),
    VolumeBeyondType(),
    UnattachableVolume(),
    TooManyVolumes(),
    ManyAttachments(),
)
