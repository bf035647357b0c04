"""A receipt from a real account: what is asked before, done in between, kept after, and never claimed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from proofs import account, site
from proofs.receipt import READY, Receipt, load, recorded

from rackwright.catalog.proofs import proofs
from rackwright.diagnostics import ExitCode
from rackwright.workflows import compile as compiling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = {"aws": "444455556666", "gcp": "acme-ai-prod"}
TABLE = "cloud,family,level,date,region,receipt,sources\naws,c5n,moto,,,,golden-stacks\naws,m5,moto,,,,golden-stacks\n"


class Account:
    """Plays every program with the credentials of `owner`: keeps what it is asked; what `fails` names goes wrong."""

    def __init__(self, owner: str, fails: set[str] | None = None, verdict: int = ExitCode.OK) -> None:
        self.owner, self.fails, self.verdict = owner, fails or set(), verdict
        self.asked: list[str] = []

    def __call__(
        self, command: Sequence[str], _folder: Path, _env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Answer as the program would."""
        words = " ".join(command[3:5] if command[0] == sys.executable else command[:3])
        self.asked.append(words)
        stacks = json.dumps([{"name": f"organization/proof/{one}"} for one in (site.SITE, site.CLUSTER)])
        out = {"pulumi stack ls": stacks, "aws sts get-caller-identity": f"{self.owner}\n"}
        code = self.verdict if words.startswith("validate") else 0
        return subprocess.CompletedProcess(
            command,
            ExitCode.FAILED if words in self.fails else code,
            out.get(words, '{"operations": {"create": 7}}'),
            "",
        )


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a table of proofs, where `pulumi` and `aws` are on PATH."""
    for name in ("pulumi", "aws"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "proofs.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(account.SIMULATED, raising=False)
    return tmp_path


def prove(bench: Path, played: Account, *words: str) -> ExitCode:
    """Return how a proof on AWS ended."""
    given = ["aws", "--account", ACCOUNTS["aws"], "--work", str(bench / "work"), "--yes", *words]
    return account.main(given, played, bench / "receipts", bench / "proofs.csv")


def families(bench: Path) -> dict[str, str]:
    """Return family -> level in the table."""
    with (bench / "proofs.csv").open(encoding="utf-8", newline="") as stream:
        return {row["family"]: row["level"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("cloud", sorted(site.CLOUDS))
def test_the_site_compiles(cloud: str, tmp_path: Path) -> None:
    """One machine of the family that is proved, in the account that was asked for; none of its storage is protected."""
    about = site.CLOUDS[cloud]
    site.write(tmp_path, site.blueprint(cloud, ACCOUNTS[cloud], about.region))
    compiled = compiling.compile_blueprint(tmp_path / "stacks" / "proof" / "blueprint.yaml")

    assert sorted(compiled.stacks) == [site.SITE, site.CLUSTER]
    assert {plan.identity for plan in compiled.checked.plans} == {ACCOUNTS[cloud]}
    assert '"protect": true' not in "".join(texts["plan.json"] for texts in compiled.stacks.values())
    assert (cloud, about.family) in {(one.cloud, one.family) for one in proofs()}


def test_what_was_ready_and_is_gone_is_a_proof(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verbs in order, a receipt that does not name the account, and the family as `real` in the table."""
    played = Account(ACCOUNTS["aws"])
    code = prove(bench, played)
    (written,) = (bench / "receipts").iterdir()
    receipt = load(written)

    assert code == ExitCode.OK
    assert [one for one in played.asked if not one.startswith(("aws", "pulumi"))] == [
        "compile", f"up {site.SITE}", f"up {site.CLUSTER}", f"validate {site.CLUSTER}",
        f"destroy {site.CLUSTER}", f"destroy {site.SITE}",
    ]  # fmt: skip
    assert receipt is not None
    assert (receipt.verdict, receipt.destroyed, receipt.counts, receipt.usd) == (READY, True, True, None)
    assert receipt.resources == {site.SITE: 7, site.CLUSTER: 7}
    assert ACCOUNTS["aws"] not in written.read_text(encoding="utf-8")
    assert families(bench) == {"c5n": "moto", "m5": "real"}
    assert "review it" in capsys.readouterr().out
    assert not (bench / "work" / "aws").exists()


def test_what_is_simulated_proves_nothing(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rehearsal cloud behind the engine the receipt is labeled, and the table stays as it was."""
    monkeypatch.setenv(account.SIMULATED, str(bench / "cloud.json"))
    code = prove(bench, Account("nobody"))
    (written,) = (bench / "receipts").iterdir()

    assert code == ExitCode.OK
    assert written.name.endswith("-simulated.json")
    assert families(bench) == {"c5n": "moto", "m5": "moto"}


@pytest.mark.parametrize("fails", [f"up {site.CLUSTER}", f"validate {site.CLUSTER}"])
def test_what_went_wrong_is_destroyed_and_proves_nothing(bench: Path, fails: str) -> None:
    """A deployment that fails, and hosts that cannot be judged, leave nothing behind but a receipt that says so."""
    played = Account(ACCOUNTS["aws"], {fails})
    code = prove(bench, played)
    receipt = load(next((bench / "receipts").iterdir()))

    assert code == ExitCode.NOT_READY
    assert receipt is not None
    assert (receipt.verdict, receipt.destroyed, receipt.counts) == ("NOT_MEASURED", True, False)
    assert played.asked[-1] == f"destroy {site.SITE}"
    assert families(bench)["m5"] == "moto"


def test_what_could_not_be_destroyed_is_said_and_tried_again(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site stays while its cluster does; the next run deploys nothing, and destroys both."""
    first = prove(bench, Account(ACCOUNTS["aws"], {f"destroy {site.CLUSTER}"}))
    told, again = capsys.readouterr().out, Account(ACCOUNTS["aws"])
    second = prove(bench, again)

    assert (first, second) == (ExitCode.FAILED, ExitCode.OK)
    assert f"rackwright destroy {site.CLUSTER}" in told
    assert [one for one in again.asked if one.startswith(("up", "validate", "destroy"))] == [
        f"destroy {site.CLUSTER}", f"destroy {site.SITE}",
    ]  # fmt: skip
    assert families(bench)["m5"] == "real"


def test_an_interrupted_proof_goes_on(bench: Path) -> None:
    """What was deployed before Ctrl-C is not deployed again; another account's proof waits."""

    class Interrupted(Account):
        """Is stopped by its user while hosts are validated."""

        def __call__(
            self, command: Sequence[str], folder: Path, env: Mapping[str, str]
        ) -> subprocess.CompletedProcess[str]:
            """Stop at validate."""
            if "validate" in command:
                raise KeyboardInterrupt
            return super().__call__(command, folder, env)

    with pytest.raises(KeyboardInterrupt):
        prove(bench, Interrupted(ACCOUNTS["aws"]))
    other = prove(bench, Account(ACCOUNTS["aws"]), "--region", "eu-west-1")
    again = Account(ACCOUNTS["aws"])

    assert other == ExitCode.FAILED
    assert (bench / "work" / "aws" / "state").is_dir()
    assert prove(bench, again) == ExitCode.OK
    assert [one for one in again.asked if one.startswith(("compile", "up"))] == []


@pytest.mark.parametrize(
    ("missing", "owner", "reason"),
    [
        ("pulumi", "444455556666", "pulumi must be on PATH"),
        ("aws", "444455556666", "aws must be on PATH"),
        ("", "111122223333", "the credentials here are of 111122223333, not of 444455556666"),
        ("", "", "has no credentials here"),
    ],
)
def test_nothing_is_deployed_without_tools_and_credentials(
    bench: Path, capsys: pytest.CaptureFixture[str], missing: str, owner: str, reason: str
) -> None:
    """It is said what is missing, before anything is made or asked."""
    if missing:
        (bench / missing).unlink()
    played = Account(owner)

    assert prove(bench, played) == ExitCode.MISSING_TOOL
    assert reason in capsys.readouterr().err
    assert [one for one in played.asked if not one.startswith("aws")] == []
    assert not (bench / "work").exists()


def test_money_is_spent_only_after_a_yes(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --yes the machine and the account are named, and anything but y ends it."""
    questions: list[str] = []
    monkeypatch.setattr("builtins.input", lambda text: questions.append(text) or "")
    played = Account(ACCOUNTS["aws"])
    given = ["aws", "--account", ACCOUNTS["aws"], "--work", str(bench / "work")]

    assert account.main(given, played, bench / "receipts", bench / "proofs.csv") == ExitCode.INTERRUPTED
    assert "m5.large" in questions[0]
    assert ACCOUNTS["aws"] in questions[0]
    assert played.asked == ["aws sts get-caller-identity"]


def test_claims_have_receipts_that_count() -> None:
    """What the catalog calls real has a receipt in this repository that proves it."""
    for one in proofs():
        if one.level == "real":
            receipt = load(ROOT / one.receipt)
            assert receipt is not None
            assert receipt.counts
            assert one.family in receipt.families


def test_a_receipt_that_does_not_count_changes_no_table() -> None:
    """Neither NOT READY nor what still stands is recorded."""
    receipt = Receipt("aws", "...6666", "us-east-1", "2026-11-25", simulated=False, families=["m5"], verdict=READY)

    assert recorded(TABLE, receipt, "receipts/a.json") == TABLE


@pytest.mark.slow
@pytest.mark.pulumi_cli
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="NOT_RUN: pulumi CLI")
def test_the_real_engine_deploys_and_destroys_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rehearsal cloud behind the real engine all is made and deleted; hosts out of reach are no proof."""
    plugin = tmp_path / "bin" / "pulumi-resource-aws"
    plugin.parent.mkdir()
    plugin.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m rackwright.engine.plugin aws "$@"\n', encoding="utf-8")
    plugin.chmod(0o755)
    (tmp_path / "proofs.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.setenv("PATH", f"{plugin.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true")
    monkeypatch.setenv(account.SIMULATED, str(tmp_path / "cloud.json"))
    given = ["aws", "--account", ACCOUNTS["aws"], "--work", str(tmp_path / "work"), "--yes"]
    code = account.main(given, account.started, tmp_path / "receipts", tmp_path / "proofs.csv")
    receipt = load(next((tmp_path / "receipts").iterdir()))

    assert code == ExitCode.NOT_READY
    assert receipt is not None
    assert (receipt.simulated, receipt.destroyed, receipt.counts) == (True, True, False)
    assert all(receipt.resources[stack] > 0 for stack in (site.SITE, site.CLUSTER))
    assert (tmp_path / "proofs.csv").read_text(encoding="utf-8") == TABLE
