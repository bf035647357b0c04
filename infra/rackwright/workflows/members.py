"""Members of a group whose program cannot ask for them: found by their label, and written beside the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.plan import GroupMembers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rackwright.plan import Plan


def with_members(
    plan: Plan, outputs: Mapping[str, Any], find: Callable[[str, str], Sequence[tuple[str, str]]]
) -> Mapping[str, Any]:
    """Return the outputs of a stack with `hosts` and `instance_names`, where they name a group instead.

    `find` returns name and address of the machines that have a label with a value.
    """
    for one in plan.host_sets:
        if isinstance(one, GroupMembers) and "group" in outputs:
            found = find(one.label, str(outputs["group"]))
            names, addresses = [name for name, _ in found], [address for _, address in found]
            return {**outputs, "hosts": addresses, "instance_names": names}
    return outputs
