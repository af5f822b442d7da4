"""Runs the command line: every end is an exit code, every error a sentence."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from tui.actions.exit_codes import ExitCode

from .invocation import Explore, Invocation, narrate
from .root import ordex
from .streams import OutputEnded, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.voucherify.errors import VoucherifyError


def run(*, explore: Explore) -> NoReturn:
    """Run ``ordex`` with the process's arguments and exit."""
    prepare()
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
    except KeyboardInterrupt:
        narrate("interrupted")
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        _say_usage(invocation, error)
        return ExitCode.USAGE
    except OutputEnded as error:
        if error.why:
            narrate(f"ordex: {error.why}")
        return error.code
    except Exception as error:  # noqa: BLE001 - the last place that can turn an error into a sentence
        return _failed(invocation, error)
    return result if isinstance(result, int) else ExitCode.DONE


def _say_usage(invocation: Invocation, error: click.ClickException) -> None:
    if invocation.error_format not in ("json", "jsonl"):
        error.show()
        return
    from tui.actions.printing.formats import json_text

    told = {"kind": type(error).__name__, "text": error.format_message(), "exit_code": int(ExitCode.USAGE)}
    narrate(json_text({"error": told}))


def _failed(invocation: Invocation, error: Exception) -> int:
    from tui.actions.exit_codes import exit_code
    from tui.settings.profile import SettingsError
    from tui.voucherify.errors import VoucherifyError

    code = exit_code(error)
    if isinstance(error, VoucherifyError):
        _say(invocation, error, code)
    elif isinstance(error, SettingsError):
        narrate(f"ordex: {error}")
    else:
        _say_unexpected(error)
    return code


def _say(invocation: Invocation, error: VoucherifyError, code: ExitCode) -> None:
    if invocation.error_format in ("json", "jsonl"):
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
