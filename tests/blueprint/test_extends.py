"""A blueprint says only what differs from what it extends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rackwright.blueprint import inheritance
from rackwright.blueprint.load import Loaded, load, loads
from rackwright.diagnostics import FindingsError, Severity
from rackwright.rules import check_blueprint, weigh

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
blueprint: 1
owner: {team: ml-platform, cost_center: "4711"}
bases:
  gpu: {machine: g6.xlarge, nodes: {count: 4, without: [1, 2]}, validate: {dataset: digits, epochs: 3}}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.40.0.0/16, zones: [us-east-1a, us-east-1b]}
    storage:
      home: {kind: file}
    clusters:
      train: {extends: bases.gpu, mounts: {/home: home}, labels: {extends: nothing}}
      serve: {extends: train, nodes: 1}
"""


def overlaid(folder: Path, overlay: str, base: str = BASE) -> Loaded:
    """Return a blueprint that extends a file beside its folder."""
    (folder / "stacks" / "dev").mkdir(parents=True)
    (folder / "stacks" / "base.yaml").write_text(base, encoding="utf-8")
    path = folder / "stacks" / "dev" / "blueprint.yaml"
    path.write_text(f"extends: ../base.yaml\nname: aurora-dev\n{overlay}", encoding="utf-8")
    return load(path)


def clusters(loaded: Loaded, site: str = "use1") -> dict[str, Any]:
    """Return the clusters of a site as data."""
    data: dict[str, Any] = loaded.blueprint.model_dump(mode="json", by_alias=True)
    found: dict[str, Any] = data["sites"][site]["clusters"]
    return found


def test_mappings_merge_and_all_else_is_replaced(tmp_path: Path) -> None:
    """Keys come from both; a list is not appended to, a scalar gives way."""
    site = "network: {zones: [us-east-1c]}, clusters: {train: {nodes: {without: [3]}, zone: us-east-1c}}"
    train = clusters(overlaid(tmp_path, f"sites: {{use1: {{{site}}}}}"))["train"]

    assert train["nodes"] == {"count": 4, "without": [3]}
    assert (train["machine"], train["zone"], train["validate"]["epochs"]) == ("g6.xlarge", "us-east-1c", 3)


def test_null_takes_away_what_is_inherited(tmp_path: Path) -> None:
    """A whole cluster, a key of one, and what came from a fragment through another file."""
    overlay = "sites: {use1: {clusters: {serve: null, train: {mounts: , validate: {epochs: ~}}}}}"
    found = clusters(overlaid(tmp_path, overlay))

    assert list(found) == ["train"]
    assert (found["train"]["mounts"], found["train"]["validate"]["epochs"]) == ({}, 10)
    assert found["train"]["validate"]["dataset"] == "digits"


def test_a_null_that_takes_nothing_away_is_a_value() -> None:
    """It is refused like any other empty value."""
    with pytest.raises(FindingsError, match="disk must be text, not empty"):
        loads(BASE.replace("nodes: 1}", "disk: null}") + "name: aurora\n")


def test_what_an_overlay_changes_in_a_base_changes_for_all_heirs(tmp_path: Path) -> None:
    """Names are looked up after files are merged."""
    found = clusters(overlaid(tmp_path, "bases: {gpu: {machine: g5.xlarge}}"))

    assert [one["machine"] for one in found.values()] == ["g5.xlarge", "g5.xlarge"]


def test_a_site_inherits_a_site() -> None:
    """Names inside of it are looked up where the heir stands."""
    network = "{cidr: 10.41.0.0/16, zones: [us-west-2a]}"
    other = f"  usw2: {{extends: use1, region: us-west-2, network: {network}, clusters: {{train: {{nodes: 9}}}}}}\n"
    loaded = loads(BASE + other + "name: aurora\n")

    assert [one["nodes"]["count"] for one in clusters(loaded, "usw2").values()] == [9, 1]
    assert loaded.blueprint.sites["usw2"].clusters["serve"].mounts == {"/home": "home"}
    assert loaded.blueprint.sites["usw2"].region == "us-west-2"


def test_a_name_that_something_had_is_not_inherited(tmp_path: Path) -> None:
    """renamed_from is of one thing: the same in another file, and not what extends it under another name."""
    base = BASE.replace("train: {extends", "train: {renamed_from: learn, extends")
    found = clusters(overlaid(tmp_path, "", base))

    assert (found["train"]["renamed_from"], found["serve"]["renamed_from"]) == ("learn", None)


def test_a_label_may_be_called_extends() -> None:
    """Keys that are anybody's mean nothing."""
    assert clusters(loads(BASE + "name: aurora\n"))["serve"]["labels"] == {"extends": "nothing"}


def test_places_are_where_a_value_stands(tmp_path: Path) -> None:
    """Comments in programs and findings name the file, as seen from the blueprint, and the line."""
    loaded = overlaid(tmp_path, "sites:\n  use1:\n    clusters:\n      train: {nodes: 7}\n")
    places = {
        ("name",): "blueprint.yaml:2",
        ("sites", "use1"): "blueprint.yaml:4",
        ("sites", "use1", "region"): "../base.yaml:9",
        ("sites", "use1", "clusters", "train", "nodes"): "blueprint.yaml:6",
        ("sites", "use1", "clusters", "train", "machine"): "../base.yaml:4",
        ("sites", "use1", "clusters", "serve", "nodes"): "../base.yaml:15",
    }

    assert {path: loaded.locate(path) for path in places} == places


def test_one_mistake_of_several_heirs_is_one_finding(tmp_path: Path) -> None:
    """It stands in the base and names every heir; another mistake in one heir is its own."""
    base = BASE.replace("g6.xlarge", "g6.xlrage")
    loaded = overlaid(tmp_path, "sites: {use1: {clusters: {big: {extends: train, machine: p5.48xlrage}}}}", base)
    found = loaded.located(check_blueprint(loaded.blueprint))

    assert [(one.code, one.position and one.position.line) for one in found] == [("MACH-E101", 3), ("MACH-E101", 4)]
    at = found[1].position
    assert at
    assert at.file.endswith("base.yaml")
    assert [heir.place for heir in at.inherited] == ["", "sites.use1.clusters.train", "sites.use1.clusters.serve"]


def test_a_finding_is_accepted_for_one_heir(tmp_path: Path) -> None:
    """A suppression names the place after merging; for other heirs the finding stands."""
    accepted = "{code: VAL-W104, at: sites.use1.clusters.serve, reason: it is ours}"
    base = BASE.replace("dataset: digits", "dataset: mnist, source: s3://acme/mnist.npz")
    loaded = overlaid(tmp_path, f"suppress: [{accepted}]", base)
    found = loaded.located(weigh(loaded.blueprint, check_blueprint(loaded.blueprint)))
    unverified = [one for one in found if one.code == "VAL-W104"]

    assert sorted((one.path[3], one.suppressed) for one in unverified) == [("serve", "it is ours"), ("train", "")]
    assert len({one.position and one.position.line for one in unverified}) == 1


def test_mistakes_of_form_are_found_once_too(tmp_path: Path) -> None:
    """What Pydantic refuses in two heirs is one mistake in their base."""
    with pytest.raises(FindingsError) as refused:
        overlaid(tmp_path, "", BASE.replace("epochs: 3", "epochs: many"))
    (only,) = refused.value.findings

    assert (only.code, only.position and only.position.line) == ("LANG-E103", 4)


def test_all_mistakes_of_extending_are_found_at_once() -> None:
    """Unknown names, cycles and bases that are no mappings, each where it says so."""
    text = BASE.replace("bases.gpu", "bases.gpus").replace("extends: train", "extends: sites.use1.network.zones")
    with pytest.raises(FindingsError) as refused:
        loads(text + "  usw2: {extends: usw3}\n  usw3: {extends: usw2}\nname: aurora\n")

    assert [one.code for one in refused.value.findings] == ["LANG-E011", "LANG-E015", "LANG-E012"]


@pytest.mark.parametrize("site", ["{extends: bases.deep}", "{extends: bases.loop}"])
def test_endless_inheritance_is_refused(site: str) -> None:
    """A base that contains itself, and bases that double their size again and again."""
    names = [{"extends": f"bases.b{level + 1}"} for level in range(24)]
    bases: dict[str, Any] = {f"b{level}": {"x": name, "y": name} for level, name in enumerate(names)}
    bases |= {"b24": {}, "deep": {"extends": "bases.b0"}, "loop": {"more": {"extends": "bases.loop"}}}
    text = json.dumps({"blueprint": 1, "bases": bases})[:-1] + f', "sites": {{"use1": {site}}}}}'
    with pytest.raises(FindingsError) as refused:
        loads(text)

    assert {one.code for one in refused.value.findings} <= {"LANG-E010", "LANG-E012"}


def test_a_base_that_nobody_uses_is_a_warning_where_it_is_not_for_others(tmp_path: Path) -> None:
    """In the blueprint itself it is; in a file that is extended it may be for another heir."""
    more = "  cpu: {extends: gpu, machine: m7i.large}\n"
    (found,) = loads(BASE.replace("sites:\n", f"{more}sites:\n") + "name: aurora\n").findings
    shared = overlaid(tmp_path, "", BASE.replace("sites:\n", f"{more}sites:\n"))

    assert (found.code, found.severity, found.path) == ("LANG-W016", Severity.WARNING, ("bases", "cpu"))
    assert shared.findings == ()


def test_bases_of_all_files_are_kept_as_they_are_said(tmp_path: Path) -> None:
    """An overlay changes fragments, takes them away and adds its own, whose warning it may accept by its place."""
    more = "  cpu: {extends: gpu, machine: m7i.large}\n"
    bases = "bases: {gpu: {nodes: 2}, cpu: null, own: {machine: g5.xlarge}}\n"
    accepted = "suppress: [{code: LANG-W016, at: bases.own, reason: soon}]\n"
    loaded = overlaid(tmp_path, bases + accepted, BASE.replace("sites:\n", f"{more}sites:\n"))
    found = weigh(loaded.blueprint, (*loaded.findings, *check_blueprint(loaded.blueprint)))

    assert set(loaded.blueprint.bases) == {"gpu", "own"}
    assert (loaded.blueprint.bases["gpu"]["machine"], loaded.blueprint.bases["gpu"]["nodes"]) == ("g6.xlarge", 2)
    assert [one.suppressed for one in found if one.code in {"LANG-W016", "SUP-E102"}] == ["soon"]


@pytest.mark.parametrize("said", ['"\\0"', "x" * 5000, "~", "[a]", "{a: b}", "''", ".", "../..", "/", "'a\\b'"])
def test_any_base_at_all_gives_findings(said: str) -> None:
    """Whatever is to be extended, at the top or within, is a blueprint or a finding with a place."""
    for text in (f"extends: {said}\nname: a", BASE.replace("extends: train", f"extends: {said}") + "name: aurora\n"):
        with pytest.raises(FindingsError) as refused:
            loads(text)
        assert all(one.position for one in refused.value.findings)


def test_a_blueprint_that_extends_nothing_pays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `extends` and `bases` nothing is merged."""
    monkeypatch.delattr(inheritance, "inherit")
    plain = f"{BASE[: BASE.index('bases:')]}{BASE[BASE.index('sites:') : BASE.index('    clusters:')]}name: aurora\n"

    assert loads(plain).blueprint.name == "aurora"
