"""Every exit code of the command line, in one place."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a shell or a pipeline may rely on; documented in docs/guide.md."""

    OK = 0  # done; for rehearse and validate: READY
    FINDINGS = 1  # the blueprint, lock or committed output has findings of severity error
    USAGE = 2  # the command line itself is wrong
    NOT_READY = 3  # the run finished and the verdict is NOT READY
    FAILED = 4  # a step failed: program, provider, Ansible
    MISSING_TOOL = 5  # something this verb needs is not installed; the message says how to get it
    INTERNAL = 70  # a defect of rackwright; a crash report was written
    INTERRUPTED = 130  # Ctrl-C; what had been started was cleared
