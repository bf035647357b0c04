"""Images are written down once, and programs then hold them; nobody but the stand-ins of aws and gcloud is asked."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from tests.compiler.blueprints import Data, blueprints, written
from tests.compiler.test_generated import RELAXED, families
from tests.fleet import stand_ins

from rackwright.blueprint import Blueprint, lock
from rackwright.blueprint.lock import FILE, Lock
from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.derive.choice import settled
from rackwright.derive.images import aliases
from rackwright.diagnostics import ExitCode
from rackwright.emit.manifest import sha256
from rackwright.engine.proof import prove, prove_dry_run
from rackwright.plan import Invoke, Plan
from rackwright.system.files import write_tree
from rackwright.workflows import compile as compiling

ROOT = Path(__file__).resolve().parents[2]
AWS = """
if words[:2] == ["ec2", "describe-images"]:
    answer({"Images": told["images"]} if told.get("signed_in", True) else fail("Unable to locate credentials"))
elif words[:2] == ["ssm", "get-parameter"]:
    answer({"Parameter": {"Value": told["parameter"]}})
"""
GCLOUD = """
answer({"selfLink": "https://www.googleapis.com/compute/v1/" + told["image"]})
"""
OLD, NEW = "ami-0aaaaaaaaaaaaaaaa", "ami-0bbbbbbbbbbbbbbbb"
NOBLE = "projects/ubuntu-os-cloud/global/images/ubuntu-2404-noble-amd64-v20261101"


@pytest.fixture
def stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the stacks of a repository that holds the committed datacenters, and be in it; no cloud is at hand."""
    for name in ("quickstart", "borealis", "aurora"):
        shutil.copytree(ROOT / "stacks" / name, tmp_path / "stacks" / name)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "stacks"


def aws(stacks: Path, *dated: tuple[str, str], **more: object) -> Path:
    """Install a stand-in for `aws` that knows images by their dates; return where it notes calls."""
    images = [{"ImageId": identity, "CreationDate": date} for date, identity in dated]
    return stand_ins.install(stacks.parent / "bin", "aws", AWS, {}, images=images, **more)


def typed(*words: str) -> int:
    """Return the exit code of a command."""
    return run(app, list(words))


def test_the_newest_image_is_locked_and_programs_hold_it(stacks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the program would have asked; then no program asks any more, and the manifest knows the lock."""
    log = aws(stacks, ("2026-01-01", OLD), ("2026-10-01", NEW))
    code = typed("lock", "quickstart")
    text = (stacks / "quickstart" / FILE).read_text(encoding="utf-8")
    asked = log.read_text(encoding="utf-8")
    again, same = typed("lock", "quickstart"), (stacks / "quickstart" / FILE).read_text(encoding="utf-8")
    found = compiling.compile_blueprint(stacks / "quickstart" / "blueprint.yaml")
    cluster = found.stacks["quickstart.use1.train"]

    assert (code, again) == (ExitCode.OK, ExitCode.OK)
    assert capsys.readouterr().out.startswith(f"new       ubuntu-24.04 (amd64, us-east-1)  {NEW}\n")
    assert "--owners 099720109477 --filters Name=name,Values=ubuntu/images/hvm-ssd-gp3/" in asked
    assert (text, asked) == (same, log.read_text(encoding="utf-8"))
    assert f'image_id="{NEW}"' in cluster["program/nodes.py"]
    assert "get_ami" not in cluster["program/nodes.py"]
    assert json.loads(cluster["manifest.json"])["lock"] == {"sha256": sha256(text)}
    assert found.checked.findings == ()
    assert not any(isinstance(node, Invoke) for plan in found.checked.plans for node in plan.nodes if is_image(node))


def is_image(node: object) -> bool:
    """Return whether a node looks an image up."""
    return isinstance(node, Invoke) and node.key in {"image", "bastion_image"}


def test_google_cloud_is_asked_by_family(stacks: Path) -> None:
    """Images are global there, and one alias of two clusters is asked once."""
    log = stand_ins.install(stacks.parent / "bin", "gcloud", GCLOUD, {}, image=NOBLE)
    code = typed("lock", "borealis", "--format", "json")
    calls = log.read_text(encoding="utf-8").splitlines()
    found = compiling.compile_blueprint(stacks / "borealis" / "blueprint.yaml")

    assert code == ExitCode.OK
    ask = "gcloud compute images describe-from-family"
    assert sorted(calls) == [
        f"{ask} {family} --project={project} --format=json"
        for family, project in (
            ("ubuntu-2404-lts-amd64", "ubuntu-os-cloud"),
            ("ubuntu-accelerator-2404-amd64-with-nvidia-580", "ubuntu-os-accelerator-images"),
        )
    ]
    assert f'"image": "{NOBLE}"' in found.stacks["borealis.usc1.mega"]["program/nodes.py"]


def test_a_lock_stays_until_an_update_is_asked_for(stacks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A newer image changes nothing by itself; `--update` takes it and says what it was."""
    aws(stacks, ("2026-01-01", OLD))
    typed("lock", "quickstart")
    aws(stacks, ("2026-01-01", OLD), ("2026-10-01", NEW))
    typed("lock", "quickstart")
    kept = (stacks / "quickstart" / FILE).read_text(encoding="utf-8")
    capsys.readouterr()
    typed("lock", "quickstart", "--update", "ubuntu-24.04", "--format", "json")
    row = json.loads(capsys.readouterr().out)["images"][0]
    wrong = typed("lock", "quickstart", "--update", "ubuntu-24")

    assert OLD in kept
    assert (row["state"], row["before"], row["id"]) == ("updated", OLD, NEW)
    assert wrong == ExitCode.FAILED
    assert "did you mean 'ubuntu-24.04'?" in capsys.readouterr().err


def test_check_asks_nobody(stacks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It fails where the lock lacks an alias or holds one that nothing uses, and passes where it fits."""
    path = stacks / "quickstart" / "blueprint.yaml"
    missing = typed("lock", "quickstart", "--check")
    aws(stacks, ("2026-01-01", OLD))
    typed("lock", "quickstart")
    fits = typed("lock", "quickstart", "--check")
    path.write_text(path.read_text(encoding="utf-8").replace("ubuntu-24.04", "ubuntu-22.04"), encoding="utf-8")
    capsys.readouterr()
    stale = typed("lock", "quickstart", "--check")
    said = capsys.readouterr().out.splitlines()

    assert (missing, fits, stale) == (ExitCode.FINDINGS, ExitCode.OK, ExitCode.FINDINGS)
    assert said == ["missing   ubuntu-22.04 (amd64, us-east-1)  -", f"unused    ubuntu-24.04 (amd64, us-east-1)  {OLD}"]


def test_without_client_or_credentials_the_way_out_is_said(
    stacks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written; each has an exit code of its own."""
    aws(stacks, signed_in=False)
    refused = typed("lock", "quickstart")
    said = capsys.readouterr().err
    monkeypatch.setenv("PATH", "/nowhere")
    missing = typed("lock", "quickstart")

    assert (refused, missing) == (ExitCode.FAILED, ExitCode.MISSING_TOOL)
    assert "Unable to locate credentials" in said
    assert "next: aws sso login, or set AWS_PROFILE" in said
    assert "aws is not installed" in capsys.readouterr().err
    assert not (stacks / "quickstart" / FILE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no lock in it"),
        ("lock: 2\ndatacenter: quickstart\n", "lock:1:7"),
        ("lock: 1\ndatacenter: quickstart\nimages: [{cloud: aws, region: us-east-1}]\n", "lock:3:10"),
        ("lock: 1\ndatacenter: quickstart\nimages: {\n", "LANG-E004"),
    ],
)
def test_a_malformed_lock_is_told_by_place(
    stacks: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, line and column of the lock, never a traceback."""
    (stacks / "quickstart" / FILE).write_text(text, encoding="utf-8")

    assert typed("check", "quickstart") == ExitCode.FINDINGS
    assert said in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_locked_programs_are_proved(cloud: str) -> None:
    """With every alias locked, generated programs ask for no image and are their plans."""

    @given(blueprints(clouds=(cloud,)))
    @settings(RELAXED, max_examples=10, phases=(Phase.generate,))
    def promise(data: Data) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            path = written(data, Path(scratch))
            (path.parent / FILE).write_text(lock.written(locked(data)), encoding="utf-8")
            found = compiling.compile_blueprint(path)
            for plan, others in families(found.checked.plans):
                prove_stack(plan, others, found.stacks[plan.stack], Path(scratch) / "out")

    promise()


def prove_stack(plan: Plan, others: list[Plan], artifacts: dict[str, str], out: Path) -> None:
    """Assert that a stack's program asks for no image and is its plan."""
    write_tree(out / plan.stack, artifacts)

    assert not any(map(is_image, plan.nodes))
    assert prove(plan, out / plan.stack / "program", others) == ()
    assert prove_dry_run(plan, out / plan.stack / "program", others) == ()


def locked(data: Data) -> Lock:
    """Return a lock that has every alias of a blueprint."""
    ids = {"aws": OLD, "gcp": NOBLE}
    images = [
        {"cloud": one.cloud, "region": one.region, "arch": one.arch, "alias": one.name, "source": "-"}
        for one in dict(aliases(settled(Blueprint.model_validate(data))))
    ]
    known = [{**one, "id": ids[one["cloud"]]} for one in images]
    return Lock.model_validate({"lock": 1, "datacenter": data["name"], "images": known})
