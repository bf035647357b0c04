"""Mounts: of what does not exist, over what the system needs, inside each other, or where the kind cannot go."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint, FileStorage, ObjectStorage, ParallelStorage, SliceCluster
from rackwright.blueprint.rewritten import stored
from rackwright.catalog import image, machine
from rackwright.catalog.images import no_client
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import clusters, machine_clusters, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path
    from rackwright.rules.places import ClusterPlace

RESERVED = frozenset(
    (
        *("/", "/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin"),
        *("/snap", "/sys", "/tmp", "/usr", "/var", "/var/lib", "/var/log"),  # noqa: S108 - named to be refused
    )
)
"""Directories of the Filesystem Hierarchy Standard that hosts, drivers and rackwright itself fill."""
OWNED = (
    *("/boot", "/dev", "/etc", "/opt/rackwright", "/proc", "/root/.ssh", "/run", "/sys", "/usr"),
    *("/bin", "/lib", "/lib64", "/sbin", "/var/lock", "/var/run"),
)
"""Directories below which nothing may be mounted either; those of the second line are links into those of the first."""
HOMES = "/home"
HIERARCHY = "https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html"


class UnknownStorage(Rule[Blueprint]):
    """A mount of storage that the site does not have."""

    problem = Problem(
        "MOUNT-E101",
        Severity.ERROR,
        "A mount names unknown storage",
        "A mount is a path on the hosts and a key of the same site's storage. Storage of another site cannot be "
        "mounted.",
        "storage: {datasets: {kind: object}}\nclusters: {train: {mounts: {/data: datasets}}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount; storage that several mount and that is not there, as after a rename, is missing once."""
        missing = set[tuple[str, str]]()
        for place in clusters(subject):
            for path, name in place.cluster.mounts.items():
                at = (place.at.name, name if place.at.site.storage else "")
                if name not in place.at.site.storage and at not in missing:
                    missing.add(at)
                    hint = stored(name) or suggest(name, place.at.site.storage)
                    hint = hint or f"site '{place.at.name}' has no storage"
                    yield self.problem.at((*place.path, "mounts", path), f"there is no storage '{name}'", hint)


class ReservedPath(Rule[Blueprint]):
    """A mount over a directory of the operating system."""

    problem = Problem(
        "MOUNT-E102",
        Severity.ERROR,
        "A mount hides a directory of the system",
        "What is mounted hides what was there: over /usr or /etc the host stops working, over /opt or /tmp programs "
        "lose their files. The home of the user that an image of AWS makes, as /home/ubuntu, would be root's and the "
        "same on every host, and nothing could be configured any more; mounted at /home, storage holds it.",
        "mounts: {/data: datasets, /scratch: scratch}",
        (HIERARCHY,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount path, tidied up."""
        for place in clusters(subject):
            for path, at, of_key in _paths(place):
                clean = normpath(path)
                if clean in RESERVED or any(f"{clean}/".startswith(f"{owned}/") for owned in OWNED):
                    message = f"{path} belongs to the operating system"
                    yield self.problem.at(at, message, "mount at a path of your own, as /data", of_key=of_key)
                elif clean == f"{HOMES}/{_user(place)}":
                    message = f"{path} is the home of who logs in to configure the host"
                    yield self.problem.at(at, message, f"mount at {HOMES}, or at /data", of_key=of_key)


class UntidyPath(Rule[Blueprint]):
    """A path with more than one way to write it."""

    problem = Problem(
        "MOUNT-E103",
        Severity.ERROR,
        "A mount path is not in its shortest form",
        "Mount units are named after their path, which must have no double or trailing slash, no `.` and no `..`.",
        "mounts: {/data: datasets}",
        ("https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount path."""
        for place in clusters(subject):
            for path, at, of_key in _paths(place):
                clean = normpath(path).replace("//", "/")
                if clean != path and clean not in RESERVED:
                    message = f"{path} is not in its shortest form"
                    yield self.problem.at(at, message, f"did you mean {clean}?", of_key=of_key)


class NestedMounts(Rule[Blueprint]):
    """A mount inside another one."""

    problem = Problem(
        "MOUNT-E104",
        Severity.ERROR,
        "A mount lies inside another mount",
        "The inner one needs a directory in the outer one's storage and disappears whenever the outer one is not "
        "there; a bucket cannot hold it at all.",
        "mounts: {/data: datasets, /scratch: scratch}",
        ("https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every pair of mounts of a cluster, and name the inner one."""
        for place in clusters(subject):
            paths = [one for one in _paths(place) if one[0] != "/"]
            for inner, at, of_key in paths:
                others = [path for path, _, _ in paths if path != inner]
                outer = next((path for path in others if inner.startswith(f"{path.rstrip('/')}/")), "")
                if outer and normpath(outer) != normpath(inner):
                    message = f"{inner} lies inside the mount {outer}"
                    yield self.problem.at(at, message, "mount both beside each other", of_key=of_key)
                elif not of_key and inner in place.cluster.mounts:
                    yield self.problem.at(at, f"{inner} is a mount already", "take another path")


class UnmountableKind(Rule[Blueprint]):
    """Storage of a kind that these hosts cannot mount."""

    problem = Problem(
        "MOUNT-E105",
        Severity.ERROR,
        "Storage that these hosts cannot mount",
        "Block storage becomes a disk of each machine. The hosts of a TPU slice are made by the TPU service all at "
        "once, and rackwright gives them no disks of their own.",
        "storage: {home: {kind: file, size: 1TiB}}\nclusters: {serve: {accelerator: v6e-16, mounts: {/home: home}}}",
        ("https://cloud.google.com/tpu/docs/attach-durable-block-storage",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount of a cluster of slices."""
        for place in clusters(subject):
            if not isinstance(place.cluster, SliceCluster):
                continue
            for path, name in place.cluster.mounts.items():
                if isinstance(place.at.site.storage.get(name), BlockStorage):
                    message = f"'{name}' is block storage, which TPU slices cannot mount"
                    yield self.problem.at((*place.path, "mounts", path), message, "use kind object, file or parallel")


class NoClient(Rule[Blueprint]):
    """A mount for which the operating system of the image has no client."""

    problem = Problem(
        "MOUNT-E110",
        Severity.ERROR,
        "Nothing mounts this storage on the image",
        "Hosts mount storage with a client that its cloud builds and signs for some operating systems alone; Lustre's "
        "is a module of one kernel. `rackwright catalog images` lists the others. An image of your own may hold a "
        "client, and is not judged.",
        "image: ubuntu-24.04",
        (
            "https://docs.aws.amazon.com/fsx/latest/LustreGuide/install-lustre-client.html",
            "https://cloud.google.com/managed-lustre/docs/connect-from-compute-engine",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount of every cluster of machines with an image alias."""
        for place, cluster in machine_clusters(subject):
            host = machine(place.at.cloud, cluster.machine)
            known = image(place.at.cloud, cluster.image, host.arch) if host else None
            for path, name in cluster.mounts.items():
                stored = place.at.site.storage.get(name)
                why = no_client(known, stored.kind) if known and stored else None
                if why:
                    message = f"{cluster.image} cannot mount '{name}': {why}"
                    yield self.problem.at((*place.path, "mounts", path), message, "take an image of Ubuntu")


def _user(place: ClusterPlace) -> str | None:
    """Return the user that the image of a cluster makes, as whom hosts on AWS are configured."""
    if place.at.cloud != "aws" or isinstance(place.cluster, SliceCluster):
        return None
    known = machine(place.at.cloud, place.cluster.machine)
    of_image = image(place.at.cloud, place.cluster.image, known.arch if known else "amd64")
    return of_image.user if of_image else None


def _paths(place: ClusterPlace) -> Iterator[tuple[str, Path, bool]]:
    """Yield every path that hosts of a cluster mount something at: where it is said, and whether as a key."""
    for path in place.cluster.mounts:
        yield path, (*place.path, "mounts", path), True
    local = None if isinstance(place.cluster, SliceCluster) else place.cluster.local_scratch
    if local is not None:
        yield local, (*place.path, "local_scratch"), False


class HomesOnBucket(Rule[Blueprint]):
    """Home directories on a bucket."""

    problem = Problem(
        "MOUNT-W111",
        Severity.WARNING,
        "Home directories on a bucket",
        "A mounted bucket has no locks, no appending and no owners of files. Editors, package managers and SSH, which "
        "wants keys that nobody else may read, fail in homes on one.",
        "storage: {home: {kind: file}}\nclusters: {train: {mounts: {/home: home}}}",
        (
            "https://cloud.google.com/storage/docs/cloud-storage-fuse/overview",
            "https://github.com/awslabs/mountpoint-s3/blob/main/doc/SEMANTICS.md",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount at or below /home."""
        for place in clusters(subject):
            for path, name in place.cluster.mounts.items():
                stored = place.at.site.storage.get(name)
                below = path.startswith(f"{HOMES}/") and HOMES not in place.cluster.mounts
                if isinstance(stored, ObjectStorage) and (path == HOMES or below):
                    message = f"'{name}' is a bucket"
                    yield self.problem.at((*place.path, "mounts", path), message, "use storage of kind: file")


class Unmounted(Rule[Blueprint]):
    """A file system that is paid for by its size and mounted by nobody."""

    problem = Problem(
        "STOR-W121",
        Severity.WARNING,
        "Nothing mounts this file system",
        "A parallel file system and a Filestore cost what they can hold, used or not. Mount it, or make it when the "
        "cluster that needs it is there.",
        "storage: {scratch: {kind: parallel, size: 4800GiB}}\nclusters: {train: {mounts: {/scratch: scratch}}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every such file system of sites with clusters."""
        for place in storages(subject):
            one = place.storage
            sized = isinstance(one, ParallelStorage) or (isinstance(one, FileStorage) and place.at.cloud == "gcp")
            mounted = {name for cluster in place.at.site.clusters.values() for name in cluster.mounts.values()}
            made = sized and getattr(one, "existing", None) is None
            if made and place.at.site.clusters and place.name not in mounted:
                message = f"no cluster of {place.at.name} mounts '{place.name}'"
                yield self.problem.at(place.path, message, "mount it, or remove it", of_key=True)


RULES: tuple[Rule[Blueprint], ...] = (
    UnknownStorage(),
    ReservedPath(),
    UntidyPath(),
    NestedMounts(),
    UnmountableKind(),
    NoClient(),
    HomesOnBucket(),
    Unmounted(),
)
