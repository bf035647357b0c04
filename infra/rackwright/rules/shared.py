"""What hosts share and must not, or share twice: state of each host's own daemons, storage under two names."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, clusters, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

DAEMONS = {
    "/var/lib/containerd": "containerd",
    "/var/lib/containers": "Podman",
    "/var/lib/docker": "Docker",
    "/var/lib/kubelet": "the kubelet",
    "/var/lib/slurm": "Slurm",
    "/var/spool/slurm": "Slurm",
    "/var/spool/slurmctld": "Slurm",
    "/var/spool/slurmd": "Slurm",
}
"""Where daemons keep what is of one host alone."""


class SharedState(Rule[Blueprint]):
    """Shared storage where a daemon keeps the state of its host."""

    problem = Problem(
        "MOUNT-E113",
        Severity.ERROR,
        "Hosts share what each must have for itself",
        "Docker and containerd want their directory for themselves, on a local disk: overlay file systems have no "
        "upper layer on NFS or Lustre, and two daemons in one directory destroy each other's. The same is true of "
        "the spool of Slurm's daemons. The machine's own disks, or block storage, hold it.",
        "machine: p5.48xlarge\nlocal_scratch: /var/lib/docker",
        (
            "https://github.com/moby/moby/pull/35483",
            "https://github.com/moby/moby/issues/15239",
            "https://slurm.schedmd.com/slurm.conf.html",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount of storage that is not each host's own."""
        for place in clusters(subject):
            for path, name in place.cluster.mounts.items():
                clean, stored = normpath(path), place.at.site.storage.get(name)
                whose = next((DAEMONS[at] for at in DAEMONS if f"{clean}/".startswith(f"{at}/")), None)
                if whose and stored and not isinstance(stored, BlockStorage):
                    message = f"{path} holds what {whose} has on each host, and '{name}' is shared by all"
                    hint = "mount kind: block there, or the machine's own disks as local_scratch"
                    yield self.problem.at((*place.path, "mounts", path), message, hint, of_key=True)


class SameStorage(Rule[Blueprint]):
    """Storage that stands already, under two names of one site."""

    problem = Problem(
        "STOR-W147",
        Severity.WARNING,
        "The same storage stands under two names",
        "Both names lead to one bucket or file system. Where it was copied, the other was meant; where it is meant, "
        "one name can be mounted at two paths.",
        "storage: {corpora: {kind: object, existing: {name: acme-corpora}}}",
        ("https://docs.aws.amazon.com/parallelcluster/latest/ug/SharedStorage-v3.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at all that stands already, each with what its site has before it."""
        seen: dict[tuple[str, str], str] = {}
        for place in storages(subject):
            known = _standing(place)
            first = seen.setdefault((place.at.name, known), place.name) if known else place.name
            if first != place.name:
                message = f"'{place.name}' is {known}, as '{first}' is"
                yield self.problem.at((*place.path, "existing"), message, "name the other one, or remove it")


def _standing(place: StoragePlace) -> str:
    """Return the name that storage has in its cloud, where it stands already."""
    given = place.storage
    if isinstance(given, BlockStorage) or given.existing is None:
        return ""
    return given.existing if isinstance(given.existing, str) else given.existing.name


RULES: tuple[Rule[Blueprint], ...] = (SharedState(), SameStorage())
