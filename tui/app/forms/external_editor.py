"""A document in the user's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.errors import OrdexError
from tui.terminal.redaction import environment_for_programs

EditText = Callable[[str], str]
"""Lets the user edit a text and returns the result; raises ``EditorError`` or ``EditorFailed``."""

FALLBACKS = ("vi", "nano")


class EditorError(OrdexError):
    """The text could not be edited; the message gives the reason and a remedy."""

    title = "The editor cannot be used"


class EditorFailed(EditorError):
    """The editor changed the text and then exited with an error (``:cq`` in vi); ``text`` is the result."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The editor's command: ``$VISUAL``, ``$EDITOR``, else vi or nano.

    Raises:
        EditorError: no editor was found, or the variable is not a command.
    """
    for variable in ("VISUAL", "EDITOR"):
        if chosen := environ.get(variable, "").strip():
            try:
                words = shlex.split(chosen)
            except ValueError:
                raise EditorError(f"{variable} is not a command: a quotation mark is not closed") from None
            if shutil.which(words[0], path=environ.get("PATH")) is None:
                raise EditorError(f"{variable} is “{chosen}”, and there is no such program")
            return words
    for name in FALLBACKS:
        if found := shutil.which(name, path=environ.get("PATH")):
            return [found]
    raise EditorError("no editor was found; set EDITOR to the one you use")


def edit_in_editor(text: str) -> str:
    """Open a text in the editor and wait. The file is private and is removed afterwards.

    Raises:
        EditorFailed: the editor changed the text, but exited with an error.
        EditorError: it could not be opened, or it exited with an error and changed nothing.
    """
    command = editor_command(os.environ)
    try:
        with tempfile.TemporaryDirectory(prefix="ordex-") as folder:  # made 0700
            path = Path(folder) / "order.json"
            path.touch(0o600)
            path.write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
            environ = environment_for_programs(os.environ)
            done = subprocess.run([*command, str(path)], env=environ, check=False)  # noqa: S603 - the user's own
            edited = path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise EditorError(f"{command[0]} could not be used: {error.strerror or error}") from error
    if done.returncode and edited == text:
        raise EditorError(f"{command[0]} {describe_exit(done.returncode)}; nothing was changed")
    if done.returncode:
        raise EditorFailed(f"{command[0]} {describe_exit(done.returncode)}", edited)
    return edited


def describe_exit(status: int) -> str:
    """How a program ended, as a phrase."""
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
