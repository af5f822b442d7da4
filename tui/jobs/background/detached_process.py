"""Runs a command in a process and session of its own, which outlive the terminal.

SIGHUP and ctrl-c of the terminal do not reach it. Its arguments and environment hold no secret: the
account's token is piped to it, wherever it is stored.
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
"""Runs ``ordex``, wherever it is installed; ``-P`` prevents imports from the working folder."""


def detach(words: Sequence[str], log: Path, *, token: Secret | None = None) -> subprocess.Popen[bytes]:
    """Start ``ordex`` with these arguments; its output is appended to a private log file. Blocks.

    Args:
        words: the arguments; with a token, they include ``--token-stdin``.
        log: the file, created if it is missing.
        token: written to the standard input of the process, which is empty otherwise.

    Raises:
        OSError: the log cannot be written, or the process cannot be started.
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
        _write_token(token, process.stdin)
    # Reap the process when it ends, in case this one still runs then.
    threading.Thread(target=process.wait, name="detached", daemon=True).start()
    return process


def _write_token(token: Secret, pipe: IO[bytes]) -> None:
    """Write the token. A pipe buffers more than any token has, so this does not wait for the reader."""
    with suppress(BrokenPipeError), pipe:  # if the process has ended, its log says why
        pipe.write(token.reveal().encode())


def _root() -> Path:
    """The folder that the program is imported from."""
    return Path(__file__).resolve().parent.parent.parent
