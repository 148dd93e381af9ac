"""Run as a script, becomes a program that may use so much memory and that does not outlive its parent.

``python launch.py MEMORY PARENT PROGRAM ARGUMENT…``. It imports nothing of nurt, so that a worker starts in
milliseconds. Where the system has no such limits the program runs without them.
"""

from __future__ import annotations

import ctypes
import os
import sys

__all__ = ["main"]

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def main(arguments: list[str]) -> None:
    """Set the limits and become the program.

    Args:
        arguments: bytes of address space (0 for no limit), id of the parent process, the program, and what
            the program is to be given.
    """
    memory, parent, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if os.getppid() != int(parent):
            sys.exit(1)  # it died before we asked to be told
        if int(memory):
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
