"""Exit on SIGTERM, SIGHUP and SIGINT as by a key: the terminal is restored first."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from tui.terminal import first_frame
from tui.terminal.process_signals import allow_background_writes, sighup_when_orphaned

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

GRACE = 4.0
"""Seconds in which the app may end by itself; a closed terminal can block it forever."""

RETRY_INTERVAL = 0.5
"""Seconds after which the app is asked to end once more."""

ORPHANED_EXIT_CODE = 129
"""The exit code where the process that started us is gone: that of a SIGHUP."""

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")

_TEXTUALS = ("SIGTSTP", "SIGCONT")
"""Signals that Textual's driver handles from its start on, and never gives back."""


@contextmanager
def exit_on_signals(app: App[Any], *, grace: float = GRACE) -> Iterator[None]:
    """While the block lasts, SIGTERM, SIGHUP and SIGINT end the app with 128 and the signal's number.

    So does the end of the process that started us, as SIGHUP. Without this the first two would end the
    process at once and leave the terminal in the alternate screen, with the mouse reporting and no cursor.

    Textual's handlers of SIGTSTP and SIGCONT end with the block. Left in place, ctrl+z while the REPL starts
    after the explorer would stop the process with SIGSTOP, also where no shell can continue it.
    """

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        code = 128 + number
        allow_background_writes()
        running = app._loop is not None  # Textual's own, from the moment that it runs
        threading.Thread(target=insist, args=(code, running), name="ending", daemon=True).start()
        if not running:
            sys.exit(code)

    def insist(code: int, running: bool) -> None:
        # An exit that is raised while the app starts may be lost in a callback: it is asked for again.
        until = time.monotonic() + grace
        while time.monotonic() < until:
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                if app._loop is not None:
                    app._loop.call_soon_threadsafe(lambda: app.exit(return_code=code))
            if left.wait(RETRY_INTERVAL) and not running:
                return
            if left.is_set():
                time.sleep(RETRY_INTERVAL)
        first_frame.withdraw()
        os._exit(code)

    left = threading.Event()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    textuals = [getattr(signal, name) for name in _TEXTUALS if hasattr(signal, name)]
    before: dict[int, Any] = {number: signal.getsignal(number) for number in textuals}
    before |= {number: signal.signal(number, end) for number in numbers}
    try:
        with sighup_when_orphaned():
            yield
    finally:
        left.set()
        for number, handler in before.items():
            signal.signal(number, handler)
