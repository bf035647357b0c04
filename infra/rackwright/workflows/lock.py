"""Writing down which image every alias of a datacenter is: what the lock has stays, what it lacks is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.blueprint import lock as locks
from rackwright.blueprint.load import load
from rackwright.blueprint.lock import AwsImage, GcpImage, Lock
from rackwright.catalog import image
from rackwright.derive.choice import settled
from rackwright.derive.images import Alias, aliases, ids, locked_alias
from rackwright.diagnostics import FindingsError, StepError, errors, suggest
from rackwright.diagnostics.record import dataclass
from rackwright.fleet.images import resolve
from rackwright.rules import check_blueprint
from rackwright.system import files

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Locking:
    """A lock as it is and as it should be: `now` maps every alias in use to its id, "" where that is not known yet."""

    path: Path
    before: dict[Alias, str]
    now: dict[Alias, str]
    lock: Lock

    @property
    def unused(self) -> list[Alias]:
        """What the lock has and nothing uses."""
        return sorted(alias for alias in self.before if alias not in self.now)


def look(path: Path) -> Locking:
    """Return what the lock beside a blueprint has of what is in use, asking nobody.

    Raises FindingsError where the blueprint or the lock has mistakes.
    """
    loaded = load(path)
    blueprint = loaded.blueprint
    found = loaded.located(check_blueprint(blueprint))
    if errors(found):
        raise FindingsError(found)
    place = path.parent / locks.FILE
    given = locks.load_lock(place).lock
    mine = given if given and given.datacenter in {blueprint.name, blueprint.renamed_from} else None
    before = dict(ids(mine))
    used = sorted({alias for alias, _ in aliases(settled(blueprint))})
    kept = tuple(one for one in (mine.images if mine else ()) if locked_alias(one) in used)
    lock = Lock(lock=1, datacenter=blueprint.name, images=kept)
    return Locking(place, before, {alias: before.get(alias, "") for alias in used}, lock)


def fill(seen: Locking, update: tuple[str, ...], told: Callable[[str], None]) -> Locking:
    """Return the lock with every alias that it lacks, and those named in `update`, as their clouds say them now."""
    names = sorted({alias.name for alias in seen.now})
    for name in update:
        if name not in names:
            raise StepError(f"no cluster uses an image {name!r}", hint=suggest(name, names) or ", ".join(names))
    rows = {locked_alias(one): one for one in seen.lock.images}
    for alias, known in seen.now.items():
        if not known or alias.name in update:
            told(str(alias))
            rows[alias] = _image(alias)
    lock = seen.lock.model_copy(update={"images": tuple(rows[alias] for alias in sorted(rows))})
    return Locking(seen.path, seen.before, {alias: one.id for alias, one in rows.items()}, lock)


def write(filled: Locking) -> bool:
    """Write a lock in one step; return whether the file changed."""
    text = locks.written(filled.lock)
    if filled.path.exists() and filled.path.read_text(encoding="utf-8") == text:
        return False
    files.write_atomic(filled.path, text)
    return True


def _image(alias: Alias) -> AwsImage | GcpImage:
    known = image(alias.cloud, alias.name, alias.arch)
    if known is None:
        raise ValueError(f"{alias} is no alias of the catalog")
    found, source = resolve(known, alias.region)
    shared = {"alias": alias.name, "arch": alias.arch, "id": found, "source": source}
    if alias.cloud == "gcp":
        return GcpImage.model_validate({**shared, "cloud": "gcp", "region": alias.region})
    return AwsImage.model_validate({**shared, "cloud": "aws", "region": alias.region})
