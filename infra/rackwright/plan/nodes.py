"""What a stack is made of: resources, providers, invokes, references to other stacks, and rows of alike nodes."""

from __future__ import annotations

from typing import TypeAlias

from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass
from rackwright.plan.values import Value

Inputs: TypeAlias = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A node as a whole, for depends_on; toward a Repeat without `row`: every row, or the current one inside it."""

    node: str
    row: Value | None = None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the engine waits, as Pulumi writes it: "30m"."""

    create: str = ""
    update: str = ""
    delete: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Every resource option a plan may use; the defaults are Pulumi's."""

    provider: str = ""
    depends_on: tuple[Ref, ...] = ()
    protect: bool = False
    retain_on_delete: bool = False
    delete_before_replace: bool = False
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[Value, ...] = ()
    timeouts: Timeouts = Timeouts()


@dataclass(frozen=True, slots=True)
class Override:
    """A part of an input that a blueprint says itself, as a last resort, and where it says so."""

    argument: tuple[str, ...]
    value: Value
    origin: Path


@dataclass(frozen=True, slots=True)
class Resource:
    """One cloud resource. `key` is the Python name its program gives it; `type` is Pulumi's token.

    `name` is the logical name (identity); `inputs` use the SDK's Python names; `note` is a comment
    that says why, printed above the resource. `overrides` are the parts of inputs that the blueprint says itself.
    """

    key: str
    type: str
    name: Value
    inputs: Inputs
    section: str
    origin: Path
    options: Options = Options()
    note: str = ""
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """The one explicit provider of a stack: `cloud` is the SDK's name, aws or gcp."""

    key: str
    cloud: str
    name: Value
    inputs: Inputs
    section: str
    origin: Path
    note: str = ""


@dataclass(frozen=True, slots=True)
class Invoke:
    """A data source, asked while the program runs; `type` is Pulumi's function token."""

    key: str
    type: str
    inputs: Inputs
    section: str
    origin: Path
    options: Options = Options()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackReference:
    """Another stack of the same project and organization, by its stack name."""

    key: str
    stack: str
    section: str
    origin: Path
    note: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Rows named one by one, in order."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows prefix0, prefix1, ... prefix(count-1), but for the numbers in `without`.

    Numbers never move: taking one out leaves the names of the others as they are.
    """

    prefix: str
    count: int
    without: tuple[int, ...] = ()


Single: TypeAlias = Resource | Provider | Invoke | StackReference


@dataclass(frozen=True, slots=True)
class Repeat:
    """Alike nodes: one loop in the program. Rows differ only by the columns of `table`.

    `row` is what a reader calls one row ("zone", "node"); `table` maps a column to one cell per row.
    """

    key: str
    row: str
    over: Named | Numbered
    table: tuple[tuple[str, tuple[Value, ...]], ...]
    body: tuple[Resource | Invoke, ...]
    section: str
    origin: Path
    note: str = ""


Node: TypeAlias = Single | Repeat


def row_keys(over: Named | Numbered) -> tuple[str, ...]:
    """Return the keys of a Repeat's rows, in order."""
    match over:
        case Named(keys):
            return keys
        case Numbered(prefix, count, without):
            return tuple(f"{prefix}{number}" for number in range(count) if number not in without)


def row_count(over: Named | Numbered) -> int:
    """Return how many rows a Repeat has, without listing them."""
    match over:
        case Named(keys):
            return len(keys)
        case Numbered(_, count, without):
            return count - sum(1 for number in set(without) if number < count)
