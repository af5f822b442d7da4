"""A command that goes on without the terminal: a process of its own, in a session of its own.

What ends with a terminal (SIGHUP, ctrl-c, its streams) does not reach it. Nothing secret is among its
arguments or in its environment: the account's token is piped to it, wherever it lives.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tui.terminal.redaction import environment_for_programs

if TYPE_CHECKING:
    from tui.settings.secret import Secret

_PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from tui.__main__ import main; main()"
"""Runs ``ordex``, wherever it is installed; ``-P`` keeps what lies in the working folder out of it."""


def detach(words: Sequence[str], log: Path, *, token: Secret | None = None) -> subprocess.Popen[bytes]:
    """Start ``ordex`` with these words; what it says is added to the log, readable by the user only. Blocks.

    Args:
        words: what stands behind ``ordex``; with a token, ``--token-stdin`` is among it.
        log: the file, which need not exist.
        token: all that the process has to read; without it there is nothing.

    Raises:
        OSError: the log cannot be written, or no process can be started.
    """
    descriptor = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-c", _PROGRAM, str(_root()), *words],
            stdin=subprocess.PIPE if token else subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env=environment_for_programs(os.environ),
            start_new_session=True,
        )
    finally:
        os.close(descriptor)
    if token and process.stdin is not None:
        _hand_over(token, process.stdin)
    # Whoever started it may live on, and must take notice of its end some time.
    threading.Thread(target=process.wait, name="detached", daemon=True).start()
    return process


def _hand_over(token: Secret, pipe: IO[bytes]) -> None:
    """Fill the pipe, which holds more than any token has, so that nobody is waited for."""
    with suppress(BrokenPipeError), pipe:  # where it has ended, its log says why
        pipe.write(token.reveal().encode())


def _root() -> Path:
    """The folder that the program is imported from."""
    return Path(__file__).resolve().parent.parent.parent
