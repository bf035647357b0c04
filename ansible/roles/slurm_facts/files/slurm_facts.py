#!/usr/bin/python3
"""Run one job over all nodes of a cluster, and print what it returned and what its scheduler says of them, as JSON.

Arguments: run, partition, accelerators of a node, number of nodes. Standard library alone.
"""

import json
import subprocess
import sys
import time

USABLE = {"idle", "mixed", "allocated", "completing"}
SECONDS_TO_REGISTER = 60
SECONDS_TO_START = 60
SECONDS_TO_RUN = 150
TASK = 'echo "$SLURMD_NODENAME $(nvidia-smi -L 2>/dev/null | grep -c "^GPU")"'


def asked(command, seconds):
    """Return code, output and errors of a command; code None where it did not end in time or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd="/")
    except (OSError, subprocess.TimeoutExpired) as failed:
        return None, "", str(failed)
    return done.returncode, done.stdout, done.stderr


def nodes():
    """Return name, state and reason of every node; None where the controller does not answer."""
    code, out, _ = asked(["sinfo", "--Node", "--noheader", "--format=%N|%T|%E"], 60)
    if code != 0:
        return None
    rows = dict.fromkeys(tuple(line.strip().split("|", 2)) for line in out.splitlines() if line.count("|") > 1)
    return [{"name": name, "state": state, "reason": reason} for name, state, reason in rows]


def job(partition, accelerators, count):
    """Return how a job with one task on every node ended, and how many accelerators each task saw."""
    gres = [f"--gres=gpu:{accelerators}"] if accelerators else []
    command = [
        "srun",
        f"--partition={partition}",
        f"--nodes={count}",
        "--ntasks-per-node=1",
        "--time=3",
        "--chdir=/",
        f"--immediate={SECONDS_TO_START}",
        "--job-name=rackwright",
        *gres,
        "sh",
        "-c",
        TASK,
    ]
    code, out, err = asked(command, SECONDS_TO_RUN)
    words = [line.split() for line in out.splitlines()]
    seen = {one[0]: int(one[1]) for one in words if len(one) == 2 and one[1].isdigit()}
    return {"code": code, "seen": seen, "said": err.strip()[-1000:]}


def main():
    """Wait until the nodes have registered, run the job, look at the nodes again, print it all."""
    run_id, partition, accelerators, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    until = time.monotonic() + SECONDS_TO_REGISTER
    while time.monotonic() < until and not all(one["state"] in USABLE for one in nodes() or [{"state": ""}]):
        time.sleep(2)
    ended = job(partition, accelerators, count)
    print(json.dumps({"format": 1, "run_id": run_id, "nodes": nodes(), "job": ended}))


main()
