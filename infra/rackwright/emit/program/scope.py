"""What a name means where it is printed: which section, which loop, which modules are needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rackwright.emit.program.usage import Form, Usage
from rackwright.plan import ROW, Column, Repeat, Value


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands. `modules` collects the imports that the printed text needs."""

    usage: Usage
    section: str
    repeat: Repeat | None = None
    numbers: frozenset[str] = frozenset()
    modules: set[str] = field(default_factory=set)

    def within(self, repeat: Repeat) -> Scope:
        """Return the scope of the loop body of `repeat`."""
        return replace(self, repeat=repeat)

    def counting(self, column: str) -> Scope:
        """Return the scope of a comprehension that counts in the variable `column`."""
        return replace(self, numbers=self.numbers | {column})

    def need(self, module: str) -> str:
        """Note that `module` must be imported; return its name as programs write it."""
        self.modules.add(module)
        return ALIASES.get(module, module)

    def place(self, key: str) -> str:
        """Return how node `key` as a whole (its dict, where repeated) is written here."""
        section = self.usage.node(key).section
        return key if section == self.section else f"{self.need(section)}.{key}"

    def node(self, key: str, row: Value | None, printed_row: str) -> str:
        """Return how one node is written here; `printed_row` is the text of its row, if `row` names one."""
        if not self.usage.repeated(key):
            return self.place(key)
        if self._same_row(key, row) and self.usage.form(key) is Form.VARIABLE:
            return key
        return f"{self.place(key)}[{printed_row or self.column(ROW)}]"

    def _same_row(self, key: str, row: Value | None) -> bool:
        return self.repeat is not None and key in {n.key for n in self.repeat.body} and row in {None, ROW}

    def column(self, column: Column) -> str:
        """Return how a cell of the current row, or the number that is being counted, is written."""
        if column.name in self.numbers:
            return column.name
        if self.repeat is None:
            raise ValueError(f"column {column.name!r} outside a Repeat")
        return self.repeat.row if column == ROW else f'row["{column.name}"]'


ALIASES = {"pulumi_aws": "aws", "pulumi_gcp": "gcp"}


def sdk(scope: Scope, token: str) -> tuple[str, str]:
    """Return (module path as written, last name) of a Pulumi token: aws:ec2/vpc:Vpc -> ("aws.ec2", "Vpc")."""
    package, middle, name = token.split(":")
    module = middle.split("/")[0]
    return f"{scope.need(f'pulumi_{package}')}.{module}", name
