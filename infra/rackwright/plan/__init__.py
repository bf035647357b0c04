"""The intermediate representation: what every stack will be, as immutable data.

Planning makes plans; rules and estimates read them compactly; emission prints them; the proof, diffs and
reviews read their expansion. Nothing here knows a cloud.
"""

from rackwright.plan.build import ROW, Plain, args, out, text, value
from rackwright.plan.canonical import from_json, to_json
from rackwright.plan.expand import expand, expand_exports
from rackwright.plan.hosts import (
    HEAD,
    Acceptance,
    Expectation,
    GroupMembers,
    HostSet,
    Installed,
    Instances,
    Mount,
    Queue,
    Scheduler,
    SliceWorkers,
    Validation,
    by_name,
    host_names,
    output_of,
    site_outputs,
)
from rackwright.plan.nodes import (
    Inputs,
    Invoke,
    Named,
    Node,
    Numbered,
    Options,
    Override,
    Provider,
    Ref,
    Repeat,
    Resource,
    Single,
    StackReference,
    Timeouts,
    row_count,
    row_keys,
)
from rackwright.plan.plan import Export, Plan, Section
from rackwright.plan.values import (
    KEY,
    Column,
    Concat,
    ConfigSecret,
    Each,
    Json,
    List,
    Lit,
    Map,
    Out,
    OutPath,
    Scalar,
    Span,
    StackOut,
    Value,
    children,
    walk,
)

__all__ = [
    "HEAD", "KEY", "ROW", "Acceptance", "Column", "Concat", "ConfigSecret", "Each", "Expectation", "Export",
    "GroupMembers", "HostSet", "Inputs", "Installed", "Instances", "Invoke", "Json", "List", "Lit", "Map", "Mount",
    "Named", "Node", "Numbered", "Options", "Out", "OutPath", "Override", "Plain", "Plan", "Provider", "Queue", "Ref",
    "Repeat",
    "Resource", "Scalar", "Scheduler", "Section", "Single", "SliceWorkers", "Span", "StackOut", "StackReference",
    "Timeouts", "Validation", "Value", "args", "by_name", "children", "expand", "expand_exports", "from_json",
    "host_names", "out", "output_of", "row_count", "row_keys", "site_outputs", "text", "to_json", "value", "walk",
]  # fmt: skip
