"""Stand-ins for aws, gcloud and session-manager-plugin: programs that answer as those do, about hosts of this machine.

No account is asked. What is simulated: the answers, EC2 Instance Connect (a key is added to a file) and the tunnels.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """#!{python}
import json, os, socket, sys, threading
words = sys.argv[1:]
told = json.load(open({answers!r}))
with open({log!r}, "a") as log:
    log.write(" ".join([{name!r}, *words]) + "\\n")

def option(name):
    joined = [word.partition("=")[2] for word in words if word.startswith(name + "=")]
    return joined[0] if joined else words[words.index(name) + 1]

def tunnel(port):
    far = socket.create_connection(("127.0.0.1", port))
    def back():
        while data := far.recv(65536):
            os.write(1, data)
        os._exit(0)
    threading.Thread(target=back, daemon=True).start()
    while data := os.read(0, 65536):
        far.sendall(data)
    far.shutdown(socket.SHUT_WR)
    threading.Event().wait(5)

def fail(text):
    sys.stderr.write(text + "\\n")
    sys.exit(254)

def machine(name):
    found = told["machines"].get(name)
    return found or fail("An error occurred: " + name + " does not exist")

def answer(value):
    print(json.dumps(value))

{body}
"""
AWS = """
if words[0] == "sts":
    answer({"Account": told["owner"], "Arn": "arn:aws:sts::" + told["owner"] + ":assumed-role/stand-in/me"})
elif words[:2] == ["ec2", "get-console-output"]:
    answer({"InstanceId": option("--instance-id"), "Output": machine(option("--instance-id"))["told"]})
elif words[:2] == ["ec2-instance-connect", "open-tunnel"]:
    tunnel(machine(option("--instance-id"))["port"])
elif words[0] == "ec2-instance-connect":
    public = open(option("--ssh-public-key").removeprefix("file://")).read()
    with open(machine(option("--instance-id"))["authorized_keys"], "a") as keys:
        keys.write(public)
    answer({"RequestId": "stand-in", "Success": True})
elif words[:2] == ["ssm", "start-session"]:
    tunnel(machine(option("--target"))["port"])
else:
    fail("the stand-in does not know " + " ".join(words))
"""
GCLOUD = """
profile = {"name": "1", "posixAccounts": [{"username": told["user"], "primary": True, "uid": "1"}]}
if words[1:3] == ["os-login", "describe-profile"]:
    answer(profile)
elif words[1:4] == ["os-login", "ssh-keys", "add"]:
    public = open(option("--key-file")).read()
    for one in told["machines"].values():
        with open(one["authorized_keys"], "a") as keys:
            keys.write(public)
    answer({"loginProfile": profile})
elif words[1:4] == ["os-login", "ssh-keys", "remove"]:
    answer(profile)
elif "get-guest-attributes" in words:
    answer(machine(words[words.index("get-guest-attributes") + 1])["told"])
elif words[1] == "start-iap-tunnel":
    tunnel(machine(words[2])["port"])
elif words[1:3] == ["instances", "list"]:
    answer([{"name": name, "networkInterfaces": one["told"]} for name, one in told["machines"].items()])
else:
    fail("the stand-in does not know " + " ".join(words))
"""
SSH = """#!{python}
import os, sys
ports, words = {ports!r}, sys.argv[1:]
for index, word in enumerate(words if "-W" in words else []):
    if word in ports and words[index - 1] == "-W":
        words[index] = "127.0.0.1:" + str(ports[word])
    user, _, address = word.partition("@")
    if address + ":22" in ports:
        words[words.index("-p") + 1] = str(ports[address + ":22"])
        words[index] = user + "@127.0.0.1"
os.execv({ssh!r}, ["ssh", *words])
"""
"""OpenSSH, to which addresses of an account are ports of this machine."""
NOISE = "[    0.000000] Linux version 6.8.0-1021-aws\n[   14.201] cloud-init[812]: running 'modules:final'\n"


@dataclass(frozen=True, slots=True)
class Told:
    """What a stand-in knows of one machine: console text or guest attributes, where its SSH is, who may log in."""

    told: Any
    port: int = 0
    authorized_keys: str = os.devnull


def install(folder: Path, name: str, body: str, machines: dict[str, Told], **known: object) -> Path:
    """Write a stand-in into `folder`; return the file in which it notes every call."""
    answers, log = folder / f"{name}.json", folder / f"{name}.log"
    answers.write_text(json.dumps({"machines": {key: asdict(one) for key, one in machines.items()}, **known}))
    log.touch()
    text = SCRIPT.format(python=sys.executable, answers=str(answers), log=str(log), name=name, body=body)
    for program, content in ((name, text), ("session-manager-plugin", "#!/bin/sh\n"), ("pulumi", "#!/bin/sh\n")):
        (folder / program).write_text(content, encoding="utf-8")
        (folder / program).chmod(0o755)
    return log


def addresses(folder: Path, ports: dict[str, int]) -> None:
    """Write an ssh into `folder` for which each address:port of an account is a port of this machine."""
    program = folder / "ssh"
    program.write_text(SSH.format(python=sys.executable, ports=ports, ssh=shutil.which("ssh")), encoding="utf-8")
    program.chmod(0o755)


def console(*keys: str) -> str:
    """Return what EC2 shows of a console after cloud-init printed the host keys, with a kernel message in between."""
    lines = [f"{key} root@ip-10-60-0-4" for key in keys]
    middle = '\n[   15.002] audit: type=1400 apparmor="STATUS"\n'.join(lines)
    return (
        f"{NOISE}<14>Nov 24 20:31:50 cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----\n"
        f"-----END SSH HOST KEY FINGERPRINTS-----\n-----BEGIN SSH HOST KEY KEYS-----\n{middle}\n"
        "-----END SSH HOST KEY KEYS-----\n[   16.1] cloud-init[812]: Cloud-init v. 24.4 finished\n"
    )


def attributes(key: str, **more: Any) -> list[dict[str, Any]]:
    """Return the guest attributes that publish a host key."""
    kind, blob = key.split()[:2]
    return [{"namespace": "hostkeys", "key": kind, "value": blob, **more}]
