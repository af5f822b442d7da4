"""Capture of log lines, warnings and uncaught exceptions, which must not reach the screen unfiltered.

Libraries write them to stderr, which may be the screen of the explorer; they may contain server data or
secrets. They are written only if ``ORDEX_DEBUG`` is set: without values of variables, without secrets, and as
visible text. Other log handlers receive redacted records.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from .redaction import redacted
from .visible import visible

VARIABLE = "ORDEX_DEBUG"

MakeRecord = Callable[..., logging.LogRecord]


def is_debug() -> bool:
    """Whether ``ORDEX_DEBUG`` is set."""
    return os.environ.get(VARIABLE, "") not in ("", "0")


def redacted_lines(text: str) -> str:
    """Redact a text of several lines and make it visible."""
    return visible(redacted(text), multiline=True, limit=None)


def traceback_of(error: BaseException) -> str:
    """The traceback of an error as visible text, without values of variables."""
    return redacted_lines("".join(traceback.format_exception(error)))


def install() -> None:
    """Install the hooks, once.

    Hooks that other code has installed stay.
    """
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda hook_args: _say_fault(hook_args.exc_value)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda hook_args: _say_fault(hook_args.exc_value)
    logging.raiseExceptions = is_debug()
    logging.captureWarnings(capture=True)
    make = logging.getLogRecordFactory()
    if not isinstance(make, RedactedRecordFactory):
        logging.setLogRecordFactory(RedactedRecordFactory(make))
    root = logging.getLogger()
    if not any(isinstance(handler, DebugHandler) for handler in root.handlers):
        root.addHandler(DebugHandler())


class RedactedRecordFactory:
    """Creates log records with redacted, visible message and traceback."""

    def __init__(self, make: MakeRecord) -> None:
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        """Create a record."""
        record = self._make(*args, **kwargs)
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - what does not fit its own arguments is no reason to fail
            message = "a log line that cannot be written"
        record.msg, record.args = redacted_lines(message), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = traceback_of(record.exc_info[1])
        record.exc_info = None
        return record


class DebugHandler(logging.Handler):
    """Writes records to stderr if ``ORDEX_DEBUG`` is set."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if is_debug():
            _write(f"{record.levelname.lower()} {record.name}: {self.format(record)}")


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    del kind, trace
    if is_debug():
        _write(traceback_of(error))
    _write(f"ordex: unexpected {type(error).__name__}: {redacted_lines(str(error))}")


def _say_fault(error: BaseException | None) -> None:
    if error is not None and is_debug():
        _write(traceback_of(error))


def _write(text: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text.rstrip("\n") + "\n")
        sys.stderr.flush()
