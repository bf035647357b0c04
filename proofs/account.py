"""A receipt from a real account: `python -m proofs.account aws|gcp --account ACCOUNT [--region REGION] [--yes]`.

A cheap site is compiled, deployed, validated and destroyed by rackwright's own verbs. It costs money while it stands.
What was begun goes on where it stopped when the same command is given again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from proofs import site
from proofs.receipt import READY, Receipt, load, recorded, redacted, save
from rackwright import __version__
from rackwright.diagnostics import ExitCode
from rackwright.system import clock

ROOT = Path(__file__).resolve().parents[1]
RECEIPTS, TABLE = ROOT / "receipts", ROOT / "infra" / "rackwright" / "catalog" / "data" / "proofs.csv"
SIMULATED = "RACKWRIGHT_REHEARSAL"
"""Where it is set, the engine's providers are the rehearsal cloud's: nothing is real, and the receipt says so."""
Run: TypeAlias = Callable[[Sequence[str], Path, Mapping[str, str]], subprocess.CompletedProcess[str]]


def started(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Return how a program ended that was run in a folder; its problems are shown as they come."""
    return subprocess.run(command, cwd=folder, env=dict(env), stdout=subprocess.PIPE, text=True, check=False)


def refusal(cloud: str, account: str, run: Run, env: Mapping[str, str]) -> str:
    """Return why nothing can be deployed from here; nothing where it can."""
    about = site.CLOUDS[cloud]
    missing = [one for one in ("pulumi", about.program) if shutil.which(one, path=env.get("PATH")) is None]
    if SIMULATED in env:
        missing = [one for one in missing if one == "pulumi"]
    if missing:
        return f"{' and '.join(missing)} must be on PATH; `rackwright doctor` says where they are to be had"
    if SIMULATED in env:
        return ""
    asked = run([about.program, *(word.format(account=account) for word in about.whoami)], ROOT, env)
    found = (asked.stdout or "").strip()
    if asked.returncode or not found:
        return f"`{about.program}` has no credentials here, or they do not reach {account}"
    return "" if found == account else f"the credentials here are of {found}, not of {account}"


def prove(receipt: Receipt, work: Path, run: Run, env: Mapping[str, str]) -> None:
    """Deploy, validate and destroy a site, from where it stopped; what has begun to go is not made again."""
    path = work / "receipt.json"
    if not receipt.ending:
        _each(
            receipt,
            path,
            {
                "compile": lambda: _verb(run, work, env, "compile").returncode == 0,
                f"up {site.SITE}": lambda: _up(receipt, site.SITE, work, run, env),
                f"up {site.CLUSTER}": lambda: _up(receipt, site.CLUSTER, work, run, env),
                "validate": lambda: _validate(receipt, work, run, env),
            },
        )
    receipt.ending, receipt.digests, receipt.left = True, _digests(work), _left(work)
    receipt.destroyed = _each(
        receipt,
        path,
        {
            f"destroy {stack}": lambda stack=stack: _destroy(stack, work, run, env)
            for stack in (site.CLUSTER, site.SITE)
        },
    )
    save(receipt, path)


def _each(receipt: Receipt, path: Path, steps: Mapping[str, Callable[[], bool]]) -> bool:
    """Return whether all steps are done, now or by an earlier run; the first that fails is the last."""
    for name, act in steps.items():
        if name in receipt.steps:
            continue
        save(receipt, path)
        sys.stderr.write(f"{name} ...\n")
        if not act():
            sys.stderr.write(f"{name} failed\n")
            return False
        receipt.steps.append(name)
        save(receipt, path)
    return True


def _verb(run: Run, work: Path, env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "rackwright", *words], work, env)


def _up(receipt: Receipt, stack: str, work: Path, run: Run, env: Mapping[str, str]) -> bool:
    run(["pulumi", "stack", "select", "--create", stack, "--non-interactive"], work, env)
    done = _verb(run, work, env, "up", stack, "--yes", "--format", "json")
    if done.returncode == 0:
        receipt.resources[stack] = json.loads(done.stdout)["operations"].get("create", 0)
    return done.returncode == 0


def _validate(receipt: Receipt, work: Path, run: Run, env: Mapping[str, str]) -> bool:
    """Return whether there is a verdict; NOT READY is one."""
    done = _verb(run, work, env, "validate", site.CLUSTER, "--format", "json")
    if done.returncode in {ExitCode.OK, ExitCode.NOT_READY}:
        receipt.verdict = READY if done.returncode == ExitCode.OK else "NOT READY"
    return done.returncode in {ExitCode.OK, ExitCode.NOT_READY}


def _destroy(stack: str, work: Path, run: Run, env: Mapping[str, str]) -> bool:
    """Return whether nothing of a stack is left; one that was never begun has nothing."""
    listed = run(["pulumi", "stack", "ls", "--json"], work, env)
    if listed.returncode == 0 and stack not in {one["name"].rpartition("/")[2] for one in json.loads(listed.stdout)}:
        return True
    return _verb(run, work, env, "destroy", stack, "--yes", "--format", "json").returncode == 0


def _plans(work: Path) -> dict[str, str]:
    """Return stack -> the text of its compiled plan."""
    found = sorted((work / "stacks" / "proof").glob("*/plan.json"))
    return {path.parent.name: path.read_text(encoding="utf-8") for path in found}


def _digests(work: Path) -> dict[str, str]:
    return {stack: hashlib.sha256(text.encode()).hexdigest() for stack, text in _plans(work).items()}


def _left(work: Path) -> list[str]:
    """Return what the plans leave behind when their stacks go, by key and type."""
    nodes: list[dict[str, Any]] = [node for text in _plans(work).values() for node in json.loads(text)["plan"]["nodes"]]
    kept = [node for node in nodes if node.get("options", {}).get("retain_on_delete")]
    return [f"{node['key']} ({node['type']})" for node in kept]


def environment(work: Path) -> dict[str, str]:
    """Return the environment of every step: Pulumi's state is in the proof's folder, unless a backend is set."""
    mine = {
        "PULUMI_BACKEND_URL": f"file://{work / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "PYTHONPATH": str(ROOT / "infra"),
    }
    return {**mine, **os.environ}


def begun(cloud: str, account: str, region: str, *, simulated: bool) -> Receipt:
    """Return the receipt of a proof that begins now."""
    date, families = clock.now().date().isoformat(), [site.CLOUDS[cloud].family]
    versions = {"rackwright": __version__, "python": sys.version.split()[0]}
    return Receipt(cloud, redacted(account), region, date, simulated, families, versions)


def finish(receipt: Receipt, work: Path, backend: str, receipts: Path, table: Path) -> ExitCode:
    """Keep a receipt, and record it in the table of proofs where it counts; say how it ended and what is left."""
    if not receipt.destroyed:
        print(f"NOT DESTROYED, and it costs: give the same command again, or in {work}:")
        for stack in (site.CLUSTER, site.SITE):
            print(f"  PULUMI_BACKEND_URL={backend} PULUMI_CONFIG_PASSPHRASE= rackwright destroy {stack}")
        return ExitCode.FAILED
    receipts.mkdir(exist_ok=True)
    save(receipt, receipts / receipt.name)
    shutil.rmtree(work)
    print(f"wrote  {receipts / receipt.name}")
    print(f"{receipt.verdict}{' (simulated: the account)' if receipt.simulated else ''}; all stacks are destroyed")
    if receipt.left:
        print(f"what stays in the account: {', '.join(receipt.left)}")
    text = table.read_text(encoding="utf-8")
    changed = recorded(text, receipt, f"receipts/{receipt.name}")
    if changed != text:
        table.write_text(changed, encoding="utf-8")
        print(f"changed  {table}: review it, and commit it with the receipt")
    return ExitCode.OK if receipt.verdict == READY else ExitCode.NOT_READY


def main(words: Sequence[str], run: Run = started, receipts: Path = RECEIPTS, table: Path = TABLE) -> ExitCode:
    """Prove one cloud; return the exit code."""
    asked = argparse.ArgumentParser(prog="proofs.account", description=__doc__)
    asked.add_argument("cloud", choices=sorted(site.CLOUDS))
    asked.add_argument("--account", required=True, help="the AWS account or the Google Cloud project")
    asked.add_argument("--region", default="", help="where; the cloud's first region without it")
    asked.add_argument("--work", type=Path, default=Path(".rackwright/proofs"), help="folder of what is under way")
    asked.add_argument("--yes", action="store_true", help="do not ask before money is spent")
    given = asked.parse_args(words)
    work = (given.work / given.cloud).resolve()
    env, region = environment(work), given.region or site.CLOUDS[given.cloud].region
    why = refusal(given.cloud, given.account, run, env)
    if why:
        sys.stderr.write(f"nothing was deployed: {why}\n")
        return ExitCode.MISSING_TOOL
    question = f"deploy one {site.CLOUDS[given.cloud].machine} with its network in {given.account}, {region}? [y/N] "
    if not given.yes and input(question).strip().lower() != "y":
        return ExitCode.INTERRUPTED
    receipt = load(work / "receipt.json") or begun(given.cloud, given.account, region, simulated=SIMULATED in env)
    if (receipt.account, receipt.region) != (redacted(given.account), region):
        sys.stderr.write(f"a proof in {receipt.account}, {receipt.region} is under way in {work}: end it first\n")
        return ExitCode.FAILED
    (work / "state").mkdir(parents=True, exist_ok=True)
    site.write(work, site.blueprint(given.cloud, given.account, region))
    if not (work / ".venv").exists():
        (work / ".venv").symlink_to(sys.prefix)
    prove(receipt, work, run, env)
    return finish(receipt, work, env["PULUMI_BACKEND_URL"], receipts, table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
