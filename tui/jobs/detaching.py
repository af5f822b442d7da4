"""A command that goes on without the terminal: a process of its own, in a session of its own.

What ends with a terminal (SIGHUP, ctrl-c, its streams) does not reach it. The environment goes along as it
is, and nothing secret is among its arguments: keys are read where the profile has them, as in any process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

_PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from tui.__main__ import main; main()"
"""Runs ``ordex``, wherever it is installed; ``-P`` keeps what lies in the working folder out of it."""


def detach(words: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Start ``ordex`` with these words; what it says is added to the log, readable by the user only. Blocks.

    Raises:
        OSError: the log cannot be written, or no process can be started.
    """
    descriptor = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-c", _PROGRAM, str(_root()), *words],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,
        )
    finally:
        os.close(descriptor)
    # Whoever started it may live on, and must take notice of its end some time.
    threading.Thread(target=process.wait, name="detached", daemon=True).start()
    return process


def _root() -> Path:
    """The folder that the program is imported from."""
    return Path(__file__).resolve().parent.parent.parent
