"""What Pydantic refuses -> findings that speak of the file: one for each mistake, none for its consequences."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.blueprint import problems
from rackwright.blueprint.foreign import foreign
from rackwright.blueprint.merging import EXTENDS
from rackwright.blueprint.misplaced import elsewhere, gatherer, loose
from rackwright.blueprint.rewritten import fraction, reformed, retyped, swapped
from rackwright.blueprint.shape import Shape, trace
from rackwright.blueprint.whereabouts import NAME, is_member, is_stray, whereabouts
from rackwright.blueprint.words import meant
from rackwright.diagnostics import Finding, Path, Problem, dotted, suggest, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rackwright.blueprint.source_map import SourceMap

Error: TypeAlias = "Mapping[str, Any]"
Said: TypeAlias = tuple[Problem, str, str]
LONGEST_SHOWN = 40
NEAR = 0.7
"""How alike a known key must be to be meant by a word that is a key elsewhere."""
TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list",
}
AS_IF_NAMED = frozenset({"missing", "model_type", "model_attributes_type", "dict_type", "union_tag_not_found"})
"""What is wrong with a key that is taken for a name."""
MISSING = frozenset({"missing", "union_tag_not_found"})
BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def findings_of(errors: list[Error], schema: Any, source: SourceMap) -> tuple[Finding, ...]:
    """Return one finding for each mistake behind the errors of one validation against a core schema."""
    shapes = [trace(schema, tuple(error["loc"])) for error in errors]
    strays = {path for error, shape in zip(errors, shapes, strict=True) for path in _stray(error, shape)}
    absent = [path for error, shape in zip(errors, shapes, strict=True) for path in _absent(error, shape)]
    unknown = [one.path for error, one in zip(errors, shapes, strict=True) if error["type"] == "extra_forbidden"]
    own = [path for path in unknown if not foreign(path)]
    gathered, spilled = loose(absent, own, source), _spilled(errors, shapes, source)
    explained = _misspelled(absent, unknown) | elsewhere(absent, {*unknown, *strays}) | gathered.keys()
    spilled |= {path for paths in gathered.values() for path in paths}
    found: dict[tuple[Any, ...], Finding] = {path: _strayed(path, source) for path in sorted(strays, key=str)}
    found |= {path: _loosened(path, paths, source) for path, paths in gathered.items()}
    undecided = _undecided(errors, shapes)
    keyed = {shape.path for shape in shapes if shape.is_key}
    misnamed = {str(error["input"]) for error, shape in zip(errors, shapes, strict=True) if shape.is_key}
    for error, shape in zip(errors, shapes, strict=True):
        if explained.issuperset(_absent(error, shape)) and error["type"] in MISSING:
            continue
        if error["type"] == "string_pattern_mismatch" and not shape.is_key and error["input"] in misnamed:
            continue  # what is called so is misnamed already
        if shape.path in keyed and not shape.is_key:
            continue  # name and value stand in each other's place
        if error["type"] == "too_short" and any(shape.path == other.path[:-1] for other in shapes):
            continue  # items of the wrong type are not counted
        if error["type"] == "extra_forbidden" and undecided.get(shape.path[:-1], shape.path) != shape.path:
            continue  # a key of the kind that was meant
        if shape.path in spilled or any(shape.path[: len(path)] == path for path in strays):
            continue  # the rest of a value with a comma in it; what is no cluster has no keys of clusters
        finding = _finding(error, shape, source)
        found.setdefault(_mistake(error, shape, finding), finding)
    return tuple(found.values())


def _mistake(error: Error, shape: Shape, finding: Finding) -> tuple[Any, ...]:
    """Return what two findings of one mistake share: min_nodes and max_nodes beside each other are one."""
    if error["type"] == "extra_forbidden" and (known := foreign(shape.path)):
        return shape.path[:-1], known.hint
    return finding.code, finding.position, finding.path[-1:]


def _stray(error: Error, shape: Shape) -> Iterator[Path]:
    """Yield where a key of a cluster, a site or the like stands beside it, as if it were the name of another."""
    path = shape.path[:-1] if error["type"] == "missing" else shape.path
    if error["type"] in AS_IF_NAMED and path and is_stray(path):
        yield path


def _strayed(path: Path, source: SourceMap) -> Finding:
    hint = f"indent it below one of them: it is a key of {dotted((*path[:-1], NAME))}"
    if not is_member(path):
        hint = f"indent it less: it is a key of {dotted(path[:-2])}"
    finding = problems.UNKNOWN_KEY.at(path, f"'{path[-1]}' is none of {dotted(path[:-1])}", hint)
    return with_position(finding, source.key(path))


def _absent(error: Error, shape: Shape) -> Iterator[Path]:
    """Yield the key that is missing, also where it is one that decides what stands there."""
    if error["type"] == "missing":
        yield shape.path
    elif error["type"] == "union_tag_not_found" and isinstance(error["input"], dict):
        yield (*shape.path, str(error["ctx"]["discriminator"]).strip("'"))


def _loosened(mapping: Path, paths: list[Path], source: SourceMap) -> Finding:
    """Return the finding for keys that stand beside the mapping that should hold them."""
    names = ", ".join(f"'{path[-1]}'" for path in paths)
    where = f" in {dotted(mapping[:-1])}" if len(mapping) > 1 else ""
    message = f"{names} {'belongs' if len(paths) == 1 else 'belong'} below {mapping[-1]}{where}"
    finding = problems.UNKNOWN_KEY.at(paths[0], message, f"write {mapping[-1]}: above, and indent what belongs to it")
    return with_position(finding, source.key(paths[0]))


def _spilled(errors: list[Error], shapes: list[Shape], source: SourceMap) -> set[Path]:
    """Return the unknown keys that are the rest of a wrong value before them: {zones: us-east-1a, us-east-1b}."""
    kinds = {shape.path: error["type"] for error, shape in zip(errors, shapes, strict=True)}
    wrong = [path for path, kind in kinds.items() if path and kind != "extra_forbidden"]
    return {rest for path in wrong for rest in _rest(path, source) if kinds.get(rest) == "extra_forbidden"}


def _rest(path: Path, source: SourceMap) -> Iterator[Path]:
    """Yield the paths of keys without a value that follow a key directly."""
    beside = source.data(path[:-1])
    names = list(beside) if isinstance(beside, dict) and path[-1] in beside else [path[-1]]
    for name in names[names.index(path[-1]) + 1 :]:
        after = (*path[:-1], name)
        if beside[name] is not None or source.raw(after):
            return
        yield after


def _misspelled(absent: list[Path], unknown: list[Path]) -> set[Path]:
    """Return the paths of missing keys that an unknown key beside them was meant to be, or to bring along."""
    missing: dict[Path, list[str]] = defaultdict(list)
    for path in absent:
        missing[path[:-1]].append(str(path[-1]))
    return {(*path[:-1], near) for path in unknown for near in _meant(path, missing[path[:-1]])}


def _undecided(errors: list[Error], shapes: list[Shape]) -> dict[Path, Path]:
    """Return the mappings whose `kind` is misspelled, with where: which other keys they have is not known."""
    return {
        shape.path[:-1]: shape.path
        for error, shape in zip(errors, shapes, strict=True)
        if error["type"] == "extra_forbidden" and "kind" in shape.fields
        if get_close_matches(str(shape.path[-1]), shape.fields, n=1) == ["kind"]
    }


def _meant(path: Path, missing: list[str]) -> Iterable[str]:
    name, known = str(path[-1]), foreign(path)
    if _like_extends(name):
        return missing
    return known.means if known else get_close_matches(name, missing, n=1)


def _like_extends(key: str) -> bool:
    return key != EXTENDS and bool(get_close_matches(key, [EXTENDS], n=1, cutoff=0.85))


def _finding(error: Error, shape: Shape, source: SourceMap) -> Finding:
    match error["type"]:
        case "extra_forbidden":
            return _unknown(shape.path, shape.fields, source)
        case "missing":
            hint = shape.fields.get(str(shape.path[-1]), "")
            return _missing(shape.path, f"{shape.path[-1]}: {hint}" if hint else "", source)
        case "union_tag_not_found":
            return _untagged(error, shape, source)
        case "union_tag_invalid":
            return _wrong_tag(error, shape, source)
        case _:
            problem, message, hint = _said(error, shape, _label(source.known(shape.path) or shape.path), source)
            finding = problem.at(shape.path, message, hint)
            return with_position(finding, source.key(shape.path) if shape.is_key else source.position(shape.path))


def _unknown(path: Path, known: Mapping[str, str], source: SourceMap) -> Finding:
    where = f" in {dotted(path[:-1])}" if len(path) > 1 else ""
    name, at = str(path[-1]), source.key(path)
    foreigner = foreign(path)
    hint = f"did you mean '{EXTENDS}'?" if _like_extends(name) else foreigner.hint if foreigner else ""
    hint = hint or _elsewhere(path, known) or _gathered(path, known, source) or suggest(name, known)
    if at.inherited:
        hint += f"; `{name}: null` leaves out what is inherited"
    return with_position(problems.UNKNOWN_KEY.at(path, f"unknown key '{name}'{where}", hint), at)


def _elsewhere(path: Path, known: Mapping[str, str]) -> str:
    """Return where a key stands that nothing here is called like, nothing where the language has no such key."""
    name = str(path[-1])
    places = () if get_close_matches(name, known, n=1, cutoff=NEAR) else whereabouts(name, path[:-1])
    return f"it is a key of {' or '.join(places[:2])}" if places else ""


def _gathered(path: Path, known: Mapping[str, str], source: SourceMap) -> str:
    """Return below which key something belongs that has its keys, nothing where there is none."""
    key = gatherer(path, known, source)
    return f"write it below {key}: it has the keys of {dotted((*path[:-1], key, NAME))}" if key else ""


def _missing(path: Path, hint: str, source: SourceMap) -> Finding:
    where = f" in {dotted(path[:-1])}" if len(path) > 1 else ""
    return with_position(
        problems.MISSING_KEY.at(path, f"missing key '{path[-1]}'{where}", hint), source.position(path[:-1])
    )


def _untagged(error: Error, shape: Shape, source: SourceMap) -> Finding:
    """Return a finding for the key that decides what stands here: it is missing, or misspelled."""
    key = str(error["ctx"]["discriminator"]).strip("'")
    given = error["input"] if isinstance(error["input"], dict) else {}
    near = get_close_matches(key, [name for name in given if isinstance(name, str)], n=1)
    if near and shape.schema is not None:
        return _unknown((*shape.path, near[0]), {key: ""}, source)
    return _missing((*shape.path, key), f"allowed: {_choices(shape)}", source)


def _wrong_tag(error: Error, shape: Shape, source: SourceMap) -> Finding:
    tag = str(error["ctx"]["tag"])
    given = error["input"] if isinstance(error["input"], dict) else {}
    key = next((name for name, value in given.items() if str(value) == tag), "kind")
    path = (*shape.path, key)
    hint = _one_of(path, given.get(key, tag), list(shape.schema["choices"]) if shape.schema else [])
    return with_position(
        problems.NOT_ALLOWED.at(path, f"{key} cannot be {_shown(given.get(key, tag))}", hint), source.position(path)
    )


def _said(error: Error, shape: Shape, label: str, source: SourceMap) -> Said:
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "literal_error" and shape.schema:
        hint = _one_of(shape.path, given, shape.schema["expected"])
        return problems.NOT_ALLOWED, f"{label} cannot be {_shown(given)}", hint
    if kind == "string_pattern_mismatch":
        label = "name" if shape.is_key else label
        hint = swapped(shape.path, context["pattern"], source.data(shape.path)) if shape.is_key else ""
        hint = hint or reformed(shape.path, context["pattern"], str(given))
        return problems.WRONG_FORM, f"{label} {_shown(given)} has the wrong form", hint
    if kind in BOUNDS:
        bound, words = BOUNDS[kind]
        most = context[bound] if isinstance(context[bound], int) else f"{context[bound]:g}"
        hint = fraction(given) if shape.path[-1:] == ("accuracy",) else ""
        return problems.OUT_OF_RANGE, f"{label} must be {words} {most}, not {_shown(given)}", hint
    if kind in {"too_short", "too_long"}:
        return problems.OUT_OF_RANGE, f"{label} {_sized(kind, context)}", ""
    wanted = TYPES.get(kind)
    if wanted is None:
        return problems.WRONG_TYPE, f"{label}: {error['msg']}", ""
    raw = source.raw(source.known(shape.path)) if isinstance(given, (int, float)) else ""
    rest = [str(path[-1]) for path in _rest(shape.path, source)] if kind == "tuple_type" else []
    hint = retyped(kind, shape.path, given, source.raw(source.known(shape.path)), shape.schema, rest)
    return problems.WRONG_TYPE, f"{label} must be {wanted}, not {raw or _shown(given)}", hint


def _sized(kind: str, context: Mapping[str, Any]) -> str:
    """Return what is wrong with the number of items in a list or a mapping."""
    wanted = context["min_length" if kind == "too_short" else "max_length"]
    return "must not be empty" if wanted == 1 else f"must have {wanted} items, not {context['actual_length']}"


def _one_of(path: Path, given: Any, allowed: list[Any]) -> str:
    """Return the values a key takes, the nearest first where one is near."""
    listed = "allowed: " + ", ".join(_plain(one) for one in allowed)
    if word := meant(path, given, allowed):
        return word.hint or f"did you mean '{word.means}'? {listed}"
    if isinstance(given, str):
        words = [one for one in allowed if isinstance(one, str)]
        if near := get_close_matches(given.lower(), words, n=1):
            return f"did you mean '{near[0]}'? {listed}"
        if given in {str(one) for one in allowed}:
            return f"write it without quotes: {given}"
    return listed


def _choices(shape: Shape) -> str:
    return ", ".join(shape.schema["choices"]) if shape.schema else ""


def _label(path: Path) -> str:
    """Return the last name of a path, with the indexes after it: zones[1]."""
    if not path:
        return "the blueprint"
    named = max((index for index, part in enumerate(path) if isinstance(part, str)), default=0)
    return dotted(path[named:])


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case str():
            text = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 3] + "..."
            return repr(text)
        case bool():
            return _plain(value)
        case _:
            text = str(value)
            return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
