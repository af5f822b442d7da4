"""Ending by a signal as by a key: the terminal is left as it was, whoever asks for the end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.terminal.parent import hung_up_when_orphaned, write_from_the_background

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

GRACE = 4.0
"""Seconds in which the app may end by itself; a terminal that is gone can hold it up for ever."""

ORPHANED = 129
"""The exit code where the process that started us is gone: that of a SIGHUP."""

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")


@contextmanager
def ending_by_signals(app: App[Any], *, grace: float = GRACE) -> Iterator[None]:
    """While the block lasts, SIGTERM, SIGHUP and SIGINT end the app with 128 and the signal's number.

    So does the end of the process that started us, as SIGHUP. Without this the first two would end the
    process at once and leave the terminal in the alternate screen, with the mouse reporting and no cursor.
    """

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        code = 128 + number
        write_from_the_background()
        loop = app._loop  # Textual's own, from the moment that it runs
        if loop is None:
            sys.exit(code)
        last = threading.Timer(grace, os._exit, (code,))
        last.daemon = True
        last.start()
        loop.call_soon_threadsafe(lambda: app.exit(return_code=code))

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        with hung_up_when_orphaned():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
