#!/usr/bin/python3
"""Run a command in a container of an image, and end as it ends: 124 where it took too long, 125 where none began.

Argument: JSON with run, name, image, command, timeout and mounts, registry and login (whose identity the registry
lets in, if it is a cloud's), and environment (names of variables to hand on). Standard library alone.
"""

import base64
import json
import os
import resource
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

LATE, NOT_BEGUN = 124, 125
SECONDS_TO_PULL = 1800
SECONDS_TO_ASK = 60
ACCOUNT = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
DRIVER, FABRIC = Path("/sys/module/nvidia/version"), Path("/dev/infiniband")


def docker(*arguments, seconds, **options):
    """Return how docker ended; code 124 where it did not end in time."""
    command = ["docker", *arguments]
    try:
        return subprocess.run(command, timeout=seconds, check=False, text=True, stdin=subprocess.DEVNULL, **options)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, LATE, "", f"docker {arguments[0]} did not end within {seconds} s")


def google_token():
    """Return the token of this machine's service account; empty where there is none."""
    asked = urllib.request.Request(ACCOUNT, headers={"Metadata-Flavor": "Google"})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(asked, timeout=10) as answer:
            return json.load(answer)["access_token"]
    except (OSError, ValueError, KeyError):
        return ""


def logins(registry, login):
    """Return docker's configuration that shows a cloud's registry the identity of this machine."""
    if login == "aws":
        return {"credHelpers": {registry: "ecr-login"}}
    token = google_token() if login == "gcp" else ""
    secret = base64.b64encode(f"oauth2accesstoken:{token}".encode()).decode()
    return {"auths": {registry: {"auth": secret}}} if token else {}


def pulled(asked):
    """Return why an image cannot be had, empty where it is here; what is said by its digest is pulled once."""
    image = asked["image"]
    if "@" in image and not docker("image", "inspect", image, seconds=SECONDS_TO_ASK, capture_output=True).returncode:
        return ""
    with tempfile.TemporaryDirectory() as home:
        configuration = Path(home) / "config.json"
        configuration.touch(mode=0o600)
        configuration.write_text(json.dumps(logins(asked["registry"], asked.get("login"))), encoding="utf-8")
        environment = {**os.environ, "HOME": home, "DOCKER_CONFIG": home}
        done = docker("pull", "--quiet", image, seconds=SECONDS_TO_PULL, env=environment, capture_output=True)
    return done.stderr.strip() if done.returncode else ""


def may_lock_memory():
    """Return whether this machine lets what runs on it lock all memory, as fabrics with remote access need."""
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        return False
    return True


def options(asked):
    """Return what a container is given: the network and the memory of the host, its devices, what it mounts."""
    yield from ("--rm", "--init", "--pull=never", "--network=host", "--ipc=host", "--entrypoint=sh")
    if may_lock_memory():
        yield "--ulimit=memlock=-1"
    if DRIVER.exists():
        yield "--gpus=all"
    if FABRIC.exists():
        yield f"--device={FABRIC}"
    for path in asked["mounts"]:
        yield f"--volume={path}:{path}"
    for name in asked["environment"]:
        yield f"--env={name}"


def main():
    """Pull, run, and end as the command ended; nothing of it goes on afterwards."""
    asked = json.loads(sys.argv[1])
    why = pulled(asked)
    if why:
        print(why, file=sys.stderr)
        return NOT_BEGUN
    name = f"rackwright-{asked['run']}-{asked['name']}"
    arguments = ("run", f"--name={name}", *options(asked), asked["image"], "-c", asked["command"])
    done = docker(*arguments, seconds=asked["timeout"])
    if done.returncode == LATE:
        docker("rm", "--force", name, seconds=SECONDS_TO_ASK, capture_output=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
