"""Starting a program as Pulumi's language host does, cold or forked from a process that has the SDK loaded."""
