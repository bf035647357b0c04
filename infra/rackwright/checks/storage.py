"""Whether every file system of the blueprint is mounted where it should be, and can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog.thresholds import threshold
from rackwright.checks.measured import MountedVolume, Nothing
from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from rackwright.checks.evidence import Evidence
    from rackwright.plan import Mount

MOUNTED, USED = "storage.mounted", "host.disk_use"
TYPES = {
    "mountpoint-s3": "fuse", "gcsfuse": "fuse.gcsfuse", "efs": "nfs4", "filestore": "nfs", "fsx-openzfs": "nfs4",
    "fsx-lustre": "lustre", "managed-lustre": "lustre", "disk": "ext4", "instance-store": "ext4",
}  # fmt: skip
"""What the kernel calls a file system that a client mounts."""
UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def mounted(found: Evidence) -> tuple[Outcome, ...]:
    """Return one outcome for each mount of a host."""
    return tuple(_mounted(found, mount) for mount in found.mounts)


def _mounted(found: Evidence, mount: Mount) -> Outcome:
    if found.cannot_mount:
        return _outcome(found, mount, State.NOT_APPLICABLE, "-", found.cannot_mount)
    if isinstance(found.mounted, Nothing):
        return _outcome(found, mount, State.NOT_MEASURED, "nothing", found.mounted.reason)
    seen = next((one for one in found.mounted.mounts if one.path == mount.path), None)
    if seen is None:
        return _outcome(found, mount, State.NOT_MEASURED, "nothing", "the result does not speak of it")
    return _outcome(found, mount, *_judged(seen, TYPES[mount.client]))


def _judged(seen: MountedVolume, wanted: str) -> tuple[State, str, str]:
    """Return state, measurement and reason of a mount that was looked at."""
    if seen.type is None:
        state, reason = (State.NOT_MEASURED, seen.reason) if seen.reason else (State.FAIL, "nothing is mounted there")
        return state, "nothing", reason
    if seen.type != wanted:
        return State.FAIL, seen.type, "another file system is mounted there"
    if not seen.writable:
        return State.FAIL, _measured(seen), f"it cannot be written to: {seen.reason or 'no reason given'}"
    if seen.reason:
        return State.NOT_MEASURED, _measured(seen), f"its speed: {seen.reason}"
    return _room(seen)


def _room(seen: MountedVolume) -> tuple[State, str, str]:
    """Return the state of a mount that works by how full it is."""
    known = threshold(USED)
    used = 1 - (seen.free_bytes or 0) / seen.bytes if seen.bytes else 0.0
    if known is None or used <= known.fail:
        return State.PASS, _measured(seen), "mounted, written to and read again"
    return State.FAIL, _measured(seen), f"{used:.0%} full, more than {known.fail:.0%} ({', '.join(known.sources)})"


def _measured(seen: MountedVolume) -> str:
    """Return a mount in words: type, room, speed where it was measured."""
    words = [str(seen.type)]
    if seen.free_bytes is not None:
        words.append(f"{_size(seen.free_bytes)} free")
    if seen.write_mib_s and seen.read_mib_s:
        words.append(f"writes {seen.write_mib_s:,.0f} and reads {seen.read_mib_s:,.0f} MiB/s")
    return ", ".join(words)


def _size(count: float) -> str:
    for unit in UNITS:
        if count < 1024 or unit == UNITS[-1]:  # noqa: PLR2004 - binary units
            break
        count /= 1024
    return f"{count:,.4g} {unit}"


def _outcome(found: Evidence, mount: Mount, state: State, measured: str, reason: str) -> Outcome:
    """Return an outcome; only what a rehearsal cannot do does not decide."""
    healthy = state in {State.PASS, State.WARN, State.NOT_APPLICABLE}
    return Outcome(
        MOUNTED, found.host, state, measured, f"{mount.path}: {TYPES[mount.client]}, writable", reason,
        required=state is not State.NOT_APPLICABLE, next_step="" if healthy else found.repeat,
    )  # fmt: skip
