"""The command line: one file per verb; arguments in, a call of a workflow, an exit code out."""
