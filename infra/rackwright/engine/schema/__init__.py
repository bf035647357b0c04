"""The installed SDK as a schema: what a resource takes and gives, and how Python names are spelled on the wire."""

from rackwright.engine.schema.check import Problem, problems
from rackwright.engine.schema.sdk import function_result, input_types, output_types, resource_class
from rackwright.engine.schema.wire_names import inputs_to_wire, to_wire

__all__ = [
    "Problem",
    "function_result",
    "input_types",
    "inputs_to_wire",
    "output_types",
    "problems",
    "resource_class",
    "to_wire",
]
