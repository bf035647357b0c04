"""Files of other tools, told by what stands at their top: one finding for the file, not one for each of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rackwright.blueprint.source_map import Node

BY_KEYS = {
    frozenset({"HeadNode", "Scheduling"}): "a configuration of AWS ParallelCluster",
    frozenset({"deployment_groups"}): "a blueprint of Cluster Toolkit",
    frozenset({"blueprint_name"}): "a blueprint of Cluster Toolkit",
    frozenset({"AWSTemplateFormatVersion"}): "a template of CloudFormation",
    frozenset({"apiVersion", "kind"}): "a resource of Kubernetes",
    frozenset({"name", "runtime"}): "a project of Pulumi",
    frozenset({"encryptionsalt"}): "a stack's configuration of Pulumi",
    frozenset({"resources", "run"}): "a task of SkyPilot",
    frozenset({"resources", "setup"}): "a task of SkyPilot",
    frozenset({"resources", "num_nodes"}): "a task of SkyPilot",
    frozenset({"type", "resources"}): "a configuration of dstack",
    frozenset({"services"}): "a file of Docker Compose",
    frozenset({"all"}): "an inventory of Ansible",
}
"""What a file is that has these keys at its top, and neither of a blueprint's own."""
OWN = ("blueprint", "sites", "extends")


def of_another_tool(root: Node) -> str:
    """Return what a file is that is no blueprint; blank where it may be one."""
    if root.items:
        return "a playbook of Ansible" if any("hosts" in item.entries for item in root.items) else ""
    if any(key in root.entries for key in OWN):
        return ""
    return next((what for keys, what in BY_KEYS.items() if keys <= root.entries.keys()), "")
