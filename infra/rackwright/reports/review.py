"""A review as people and machines read it: what is replaced or lost first, alike changes in one line, and the price."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rackwright.estimate import HOURS_PER_MONTH
from rackwright.review.plain import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rackwright.estimate import Cost
    from rackwright.review.document import Caused, Review

MARKS = {"create": "+", "rename": "=", "update": "~", "may-replace": "?", "replace": "-/+", "delete": "-"}
SHOWN = 60


def as_data(found: Review) -> dict[str, Any]:
    """Return a review for a machine; costs are USD a month, null where a stack does not exist."""
    return {
        "datacenter": found.datacenter,
        "renamed": found.renamed,
        "images": [{"image": name, "before": old, "after": new} for name, (old, new) in found.images.items()],
        "changes": [_row(one) for one in found.changes],
        "costs": {
            stack: {"before": _month(old), "after": _month(new), "complete": _complete(old, new)}
            for stack, (old, new) in found.costs.items()
        },
    }


def as_text(found: Review) -> str:
    """Return a review for a terminal."""
    lines = []
    for stack, changes in _by_stack(found):
        before = found.renamed.get(stack)
        lines.append(f"{stack}, which was {before}: `{_rename(stack, before)}` comes first" if before else stack)
        for group in _alike(changes):
            lines += _group(group)
        lines.append("")
    lines += [*_images(found), *_prices(found), _summary(found)]
    return "\n".join(lines) + "\n"


def as_markdown(found: Review) -> str:
    """Return a review for a pull request's comment."""
    lines = [f"### {found.datacenter}: {_summary(found)}", ""]
    if found.changes:
        lines += ["| | stack | resource | what | because of |", "|---|---|---|---|---|"]
    for stack, changes in _by_stack(found):
        named = f"{stack} (was {found.renamed[stack]})" if stack in found.renamed else stack
        for group in _alike(changes):
            first = group[0]
            why = f"{first.line} `{first.path}`" if first.path else first.line
            loss = f"**{first.change.loss}**" if first.change.loss else ""
            what = "; ".join(filter(None, (_what(first), _called(group), _guard(first), loss)))
            lines.append(f"| {MARKS[first.change.action]} | {named} | {_names(group)} | {what} | {why} |")
    prices = [*(f"First: `{_rename(*one)}`" for one in found.renamed.items()), *_images(found), *_prices(found)]
    return "\n".join([*lines, "", *prices, *([""] if prices else [])])


def _group(group: Sequence[Caused]) -> Iterator[str]:
    first = group[0]
    notes = ", ".join(filter(None, (_called(group), first.change.loss, _guard(first))))
    action = first.change.action
    yield f"  {MARKS[action]:<3} {action:<11} {_names(group)}{f'  ({notes})' if notes else ''}"
    for one in first.change.properties:
        cause = f", through {one.because}" if one.because else ""
        yield f"        {'.'.join(one.path)}: {_short(one.old)} -> {_short(one.new)} [{one.effect}{cause}]"
    if first.line:
        yield f"        because of {first.line} {first.path}"


def _by_stack(found: Review) -> Iterator[tuple[str, list[Caused]]]:
    for stack, changes in groupby(found.changes, key=lambda one: one.change.stack):
        yield stack, list(changes)


def _alike(changes: Sequence[Caused]) -> list[list[Caused]]:
    """Return the changes in groups: the same type, action, inputs and cause."""
    groups: dict[Any, list[Caused]] = {}
    for one in changes:
        paths = tuple((each.path, each.effect, each.because) for each in one.change.properties)
        groups.setdefault((one.change.key[0], one.change.action, paths, one.path, bool(one.change.was)), []).append(one)
    return list(groups.values())


def _names(group: Sequence[Caused]) -> str:
    kind, names = group[0].change.key[0], [one.change.key[1] for one in group]
    return f"{kind.rpartition(':')[2]} {_many(names)}"


def _many(names: Sequence[str]) -> str:
    return f"{names[0]} ... {names[-1]} ({len(names)})" if len(names) > 2 else ", ".join(names)  # noqa: PLR2004 - two are both ends


def _called(group: Sequence[Caused]) -> str:
    """Return what the resources were called before; blank where they have the same names."""
    names = [one.change.was for one in group if one.change.was]
    return f"was {_many(names)}" if names else ""


def _rename(stack: str, before: str) -> str:
    return f"pulumi stack rename {stack} --stack {before}"


def _what(one: Caused) -> str:
    inputs = ", ".join(dict.fromkeys(".".join(each.path) for each in one.change.properties))
    return f"{one.change.action} ({inputs})" if inputs else one.change.action


def _guard(one: Caused) -> str:
    if one.change.action in {"replace", "delete"} and one.change.protected:
        return "protected: the engine refuses"
    return "stays in the cloud" if one.change.action == "delete" and one.change.retained else ""


def _images(found: Review) -> list[str]:
    """Return what a changed lock changes: nodes that stand keep their image."""
    return [
        f"image {name}: {old or 'looked up'} -> {new or 'looked up'}, for nodes made from now on"
        for name, (old, new) in found.images.items()
    ]


def _prices(found: Review) -> list[str]:
    lines = []
    for stack, (old, new) in found.costs.items():
        before, after = _month(old), _month(new)
        if before != after:
            bound = "" if _complete(old, new) else " (at least: some of it has no price here)"
            words = [f"{amount:,.0f}" if amount is not None else "nothing" for amount in (before, after)]
            lines.append(f"{stack}: {words[0]} -> {words[1]} USD/month{bound}")
    return lines


def _summary(found: Review) -> str:
    actions = [one.change.action for one in found.changes]
    counts = [f"{actions.count(action)} to {action}" for action in reversed(MARKS) if action in actions]
    losses = sum(bool(one.change.loss) for one in found.changes)
    return f"{', '.join(counts) or 'no changes'}{f'; {losses} lose data or drain nodes' if losses else ''}"


def _row(one: Caused) -> dict[str, Any]:
    change = one.change
    return {
        "stack": change.stack,
        "type": change.key[0],
        "name": change.key[1],
        "was": change.was,
        "action": change.action,
        "loss": change.loss,
        "protected": change.protected,
        "retained": change.retained,
        "cause": {"line": one.line, "path": one.path},
        "properties": [
            {"path": list(each.path), "old": _short(each.old), "new": _short(each.new), "effect": each.effect,
             "because": each.because}
            for each in change.properties
        ],
    }  # fmt: skip


def _short(value: Any) -> str:
    text = readable(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."


def _month(cost: Cost | None) -> float | None:
    return None if cost is None else round(cost.usd_hour * HOURS_PER_MONTH, 2)


def _complete(*costs: Cost | None) -> bool:
    return all(cost is None or cost.complete for cost in costs)
