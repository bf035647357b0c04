"""Edits of the committed datacenters, and what each does to what stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Case:
    """An edit of a blueprint's text, and what review must say: action, name of a resource, and the path behind it.

    `loss` is a part of what is lost with that resource; blank: nothing is.
    """

    datacenter: str
    old: str
    new: str
    action: str
    name: str
    cause: str
    loss: str = ""

    def __str__(self) -> str:
        """Return a name for the test."""
        return f"{self.datacenter}: {self.new or 'nothing'}"[:60]


TRAIN, USE1, USC1 = "sites.use1.clusters.train", "sites.use1", "sites.usc1"
DOCKER = "disk: 500GiB\n        software: {containers: docker}"
DATASETS = "datasets: {kind: object, versioned: true}"
CASES = (
    Case("aurora", "nodes: 4", "nodes: 5", "create", "train-4", f"{TRAIN}.nodes.count"),
    Case("aurora", "nodes: 4", "nodes: 3", "delete", "train-3", f"{TRAIN}.nodes.count", "drains"),
    Case("aurora", "nodes: 4", "nodes: {count: 4, without: [1]}", "delete", "train-1", f"{TRAIN}.nodes.without", "drains"),
    Case("aurora", "disk: 500GiB", "disk: 600GiB", "update", "nodes", f"{TRAIN}.disk"),
    Case("aurora", "disk: 500GiB", DOCKER, "update", "nodes", f"{TRAIN}.software"),
    Case("aurora", "disk: 500GiB", DOCKER, "may-replace", "train-0", f"{TRAIN}.software", "drains"),
    Case("aurora", "disk: 500GiB", "disk: 600GiB", "may-replace", "train-0", f"{TRAIN}.disk", "drains"),
    Case("aurora", "p5.48xlarge", "p5en.48xlarge", "may-replace", "train-2", f"{TRAIN}.machine", "drains"),
    Case("aurora", "10.40.0.0/16", "10.41.0.0/16", "replace", "vpc", f"{USE1}.network.cidr"),
    Case("aurora", "10.40.0.0/16", "10.41.0.0/16", "replace", "private-us-east-1a", f"{USE1}.network.cidr"),
    Case("aurora", "10.40.0.0/16", "10.41.0.0/16", "replace", "scratch", f"{USE1}.network.cidr", "files"),
    Case("aurora", "us-east-1b", "us-east-1c", "delete", "private-us-east-1b", f"{USE1}.network.zones"),
    Case("aurora", "us-east-1b", "us-east-1c", "create", "private-us-east-1c", f"{USE1}.network.zones"),
    Case("aurora", "nat: per-zone", "nat: single", "delete", "nat-us-east-1a", f"{USE1}.network.nat"),
    Case("aurora", "nat: per-zone", "nat: single", "create", "nat", f"{USE1}.network.nat"),
    Case("aurora", "flow_logs: true", "flow_logs: false", "delete", "flow", f"{USE1}.network.flow_logs", "logs"),
    Case("aurora", "size: 4800GiB", "size: 7200GiB", "update", "scratch", f"{USE1}.storage.scratch.size"),
    Case("aurora", "size: 4800GiB", "size: 2400GiB", "may-replace", "scratch", f"{USE1}.storage.scratch.size", "files"),
    Case("aurora", "throughput: 250", "throughput: 500", "update", "scratch", f"{USE1}.storage.scratch.throughput"),
    Case("aurora", "versioned: true", "versioned: false", "update", "datasets", f"{USE1}.storage.datasets.versioned"),
    Case("aurora", "home: {kind: file}", "home: {kind: file, deletion: retain}", "update", "home", f"{USE1}.storage.home.deletion"),
    Case("borealis", f"    storage:\n      {DATASETS}\n", "", "delete", "datasets", f"{USC1}.storage", "objects"),
    Case("aurora", "kind: ssm", "kind: direct, allow_from: [10.0.0.0/8]", "create", "nodes-ssh-10.0.0.0/8", f"{USE1}.access"),
    Case("aurora", "ml-platform", "research", "update", "aws", "owner.team"),
    Case("aurora", '"111122223333"', '"210987654321"', "replace", "vpc", f"{USE1}.account"),
    Case("aurora", "cr-0123456789abcdef0", "cr-0fedcba9876543210", "may-replace", "train-0", f"{TRAIN}.capacity.reservation", "drains"),
    Case("borealis", "nodes: 2", "nodes: 3", "create", "mega-2", f"{USC1}.clusters.mega.nodes.count"),
    Case("borealis", "disk: 500GiB", "disk: 600GiB", "update", "mega-0", f"{USC1}.clusters.mega.disk"),
    Case("borealis", "mega-2026", "mega-2027", "replace", "mega-0", f"{USC1}.clusters.mega.capacity.reservation", "drains"),
    Case("borealis", "accelerator: v5litepod-16", "accelerator: v5litepod-32", "replace", "tpu-0", f"{USC1}.clusters.tpu.accelerator", "drains"),
    Case("borealis", "slices: 1", "slices: 2", "create", "tpu-1", f"{USC1}.clusters.tpu.slices"),
    Case("borealis", DATASETS, "datasets: {kind: object, versioned: false}", "update", "datasets", f"{USC1}.storage.datasets.versioned"),
    Case("borealis", "acme-ai-prod", "acme-ai-next", "replace", "datasets", f"{USC1}.project", "objects"),
    Case("borealis", "10.80.0.0/16", "10.81.0.0/16", "may-replace", "hosts", f"{USC1}.network.cidr"),
    Case("borealis", "flow_logs: true", "flow_logs: false", "update", "hosts", f"{USC1}.network.flow_logs"),
    Case("quickstart", "deletion: delete", "deletion: protect", "update", "datasets", f"{USE1}.storage.datasets.deletion"),
    Case("quickstart", "10.60.0.0/16", "10.61.0.0/16", "replace", "nat", f"{USE1}.network.cidr"),
    Case("quickstart", "environment: dev", "environment: staging", "update", "aws", "environment"),
    Case("quickstart", "      train:\n", "      other:\n", "delete", "train-0", f"{USE1}.clusters.train", "drains"),
    Case("quickstart", "      train:\n", "      other:\n", "create", "other-0", f"{USE1}.clusters.other"),
    Case("quickstart", "datasets:", "corpora:", "delete", "datasets", f"{USE1}.storage.datasets", "objects"),
    Case("quickstart", "machine: g6.xlarge", "machine: g6.2xlarge", "update", "nodes", f"{TRAIN}.machine"),
)  # fmt: skip
UNCHANGED = (
    ("aurora", "image: ubuntu-24.04", "image: ubuntu-22.04"),
    ("aurora", "dataset: mnist", "dataset: digits"),
    ("quickstart", "# The smallest", "# A small"),
)
"""Edits that change nothing of what stands: nodes keep their image, and a job is no resource."""
