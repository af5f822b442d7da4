"""Runs the command line: every end is an exit code, every error a sentence."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from tui.actions.exit_codes import ExitCode

from .invocation import Explore, Invocation, narrate
from .root import ordex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.voucherify.errors import VoucherifyError


def run(*, explore: Explore) -> NoReturn:
    """Run ``ordex`` with the process's arguments and exit."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if isinstance(sys.stdout.errors, str):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.exit(execute(Invocation(explore=explore)))


def execute(invocation: Invocation, arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code.

    Args:
        invocation: what the command's options are kept in.
        arguments: the words behind ``ordex``; the process's own when not given.
    """
    try:
        result = ordex.main(arguments, standalone_mode=False, obj=invocation, prog_name="ordex")
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place to make it a sentence
        return failed(error, invocation.error_format)
    return result if isinstance(result, int) else ExitCode.DONE


def failed(error: Exception | KeyboardInterrupt, error_format: str = "text") -> int:
    """Say what ended the program, on stderr; return the exit code.

    Args:
        error: what ended it.
        error_format: the format of the command's output; an error of the API is JSON where that is.
    """
    if isinstance(error, KeyboardInterrupt):
        narrate("interrupted")
        return ExitCode.INTERRUPTED
    from tui.actions.exit_codes import exit_code
    from tui.settings.profile import SettingsError
    from tui.voucherify.errors import VoucherifyError

    code = exit_code(error)
    if isinstance(error, VoucherifyError):
        _say(error, code, error_format)
    elif isinstance(error, SettingsError):
        narrate(f"ordex: {error}")
    else:
        _say_unexpected(error)
    return code


def _say(error: VoucherifyError, code: ExitCode, error_format: str) -> None:
    if error_format in ("json", "jsonl"):
        from tui.actions.printing.formats import json_text

        narrate(json_text({"error": _as_document(error, code)}))
        return
    narrate(f"ordex: {error.title}: {error}" if str(error) != error.title else f"ordex: {error.title}")
    if error.hint:
        narrate(f"  {error.hint}")
    request_id = getattr(error, "request_id", None)
    if request_id:
        narrate(f"  request id: {request_id}")


def _as_document(error: VoucherifyError, code: ExitCode) -> dict[str, object]:
    known = {
        name: getattr(error, name, None) for name in ("status", "key", "message", "details", "request_id")
    }
    return {
        "kind": type(error).__name__,
        "title": error.title,
        "text": str(error),
        "hint": error.hint,
        "exit_code": int(code),
        **{name: value for name, value in known.items() if value is not None},
    }


def _say_unexpected(error: Exception) -> None:
    """A fault of Ordex itself: name it without locals, so that no secret can be in it."""
    if os.environ.get("ORDEX_DEBUG"):
        import traceback

        narrate("".join(traceback.format_exception(error)))
    narrate(f"ordex: unexpected {type(error).__name__}: {error}")
    narrate("  This is a fault of Ordex. ORDEX_DEBUG=1 shows where; please report it.")
