"""A pager for what is taller than the screen, and only for that."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import subprocess

from tui.terminal.redaction import environment_for_programs

from .shell import broken_pipes_are_errors

PROMPT_LINES = 3
"""Lines of the screen that the prompt and the sentences below a result need."""


def is_taller(text: str, height: int) -> bool:
    """Whether the text does not fit on the screen with the prompt below it."""
    return text.count("\n") > max(1, height - PROMPT_LINES)


def pager_command() -> list[str] | None:
    """The pager to use: ``$PAGER``, else less, else more; ``None`` when there is none."""
    chosen = os.environ.get("PAGER")
    if chosen is not None:
        try:
            words = shlex.split(chosen)
        except ValueError:
            return None
        return words if words and shutil.which(words[0]) else None
    if shutil.which("less"):
        return ["less", "-SRXF"]
    return ["more"] if shutil.which("more") else None


async def page(text: str, command: list[str]) -> bool:
    """Show the text in a pager until the person leaves it; false when it could not be started.

    An interrupt belongs to the pager meanwhile. Only cleaned text may come here: the pager passes on colours.
    """
    before = _ignore_interrupt()
    try:
        with broken_pipes_are_errors():
            await asyncio.to_thread(_show, command, text.encode("utf-8", "backslashreplace"))
    except OSError:
        return False
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    return True


def _show(command: list[str], text: bytes) -> None:
    environ = environment_for_programs(os.environ)
    subprocess.run(command, input=text, env=environ, check=False)  # noqa: S603 - the user's own pager, no shell


def _ignore_interrupt() -> signal.Handlers | None:
    try:
        return signal.signal(signal.SIGINT, signal.SIG_IGN)  # type: ignore[return-value]
    except ValueError:  # not in the main thread, where no interrupt arrives
        return None
