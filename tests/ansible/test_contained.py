"""The program that runs a command in a container, with a stand-in for docker: what it asks, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "ansible" / "roles" / "containers" / "files" / "contained.py"
DOCKER = """#!/bin/sh
echo "$@" >> LOG
case "$1" in
  image) exit INSPECTED ;;
  pull) cp "$DOCKER_CONFIG/config.json" CONFIG; echo "denied" >&2; exit PULLED ;;
  run) echo '{"n": 7}'; sleep LASTS; exit CODE ;;
esac
"""
PINNED = "acme/accept@sha256:" + "5e1f" * 16
ASKED = {
    "run": "r1",
    "name": "loss",
    "image": PINNED,
    "registry": "docker.io",
    "login": "",
    "command": "accept 'x y'",
    "timeout": 60,
    "mounts": ["/data"],
    "environment": ["http_proxy"],
}
ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"


class Played:
    """How the program ended, and what it asked of docker."""

    def __init__(self, folder: Path, asked: dict[str, Any], **docker: int) -> None:
        """Run it with a docker that behaves as said."""
        text = DOCKER.replace("LOG", f"{folder}/log").replace("CONFIG;", f"{folder}/config.json;")
        usual = {"INSPECTED": 1, "PULLED": 0, "LASTS": 0, "CODE": 0}
        for name, number in {**usual, **{key.upper(): one for key, one in docker.items()}}.items():
            text = text.replace(name, str(number))
        program = folder / "docker"
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        environment = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder)}
        command = [sys.executable, str(SCRIPT), json.dumps({**ASKED, **asked})]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.code, self.out, self.err = done.returncode, done.stdout.strip(), done.stderr.strip()
        self.calls = (folder / "log").read_text(encoding="utf-8").splitlines()
        written = folder / "config.json"
        self.config = json.loads(written.read_text(encoding="utf-8")) if written.exists() else None


def test_a_command_runs_with_what_the_host_has(tmp_path: Path) -> None:
    """Network and memory of the host, its mounts, its proxy by name; the image is pulled before, not by running."""
    played = Played(tmp_path, {})
    run = played.calls[-1]

    assert (played.code, played.out) == (0, '{"n": 7}')
    assert [call.split()[0] for call in played.calls] == ["image", "pull", "run"]
    assert run.endswith(f"--volume=/data:/data --env=http_proxy {PINNED} -c accept 'x y'")
    assert {"--rm", "--pull=never", "--network=host", "--name=rackwright-r1-loss"} <= set(run.split())


@pytest.mark.parametrize(("image", "calls"), [(PINNED, ["image", "run"]), ("acme/accept:1", ["pull", "run"])])
def test_what_is_pinned_and_here_is_not_pulled_again(tmp_path: Path, image: str, calls: list[str]) -> None:
    """A tag may have moved since."""
    assert [call.split()[0] for call in Played(tmp_path, {"image": image}, inspected=0).calls] == calls


def test_an_image_that_is_not_to_be_had_is_no_failure_of_the_command(tmp_path: Path) -> None:
    """The code is docker's own, and the registry's answer is handed on."""
    played = Played(tmp_path, {}, pulled=1)

    assert (played.code, played.err) == (125, "denied")


def test_the_code_of_the_command_is_handed_on(tmp_path: Path) -> None:
    """Whatever it is."""
    assert Played(tmp_path, {}, code=3).code == 3


def test_what_does_not_end_is_ended_with_its_container(tmp_path: Path) -> None:
    """Killing the client alone would leave the container behind."""
    played = Played(tmp_path, {"timeout": 1}, lasts=4)

    assert played.code == 124
    assert played.calls[-1] == "rm --force rackwright-r1-loss"


def test_ecr_is_shown_the_identity_of_the_host(tmp_path: Path) -> None:
    """By the helper, for that registry alone; nothing is shown to registries that belong to no cloud."""
    asked = {"image": f"{ECR}/accept:1", "registry": ECR, "login": "aws"}
    (tmp_path / "public").mkdir()

    assert Played(tmp_path, asked).config == {"credHelpers": {ECR: "ecr-login"}}
    assert Played(tmp_path / "public", {}).config == {}
