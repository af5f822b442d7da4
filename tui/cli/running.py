"""Runs the command line: every end is an exit code, every error a sentence."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from tui.actions.exit_codes import ExitCode

from .invocation import Converse, Explore, Invocation, narrate
from .root import ordex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.voucherify.errors import VoucherifyError


def run(*, explore: Explore, repl: Converse) -> NoReturn:
    """Run ``ordex`` with the process's arguments and exit."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if isinstance(sys.stdout.errors, str):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.exit(execute(Invocation(explore=explore, repl=repl)))


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
        error.show()
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 - the last place that can turn an error into a sentence
        return _failed(invocation, error)
    return result if isinstance(result, int) else ExitCode.DONE


def _failed(invocation: Invocation, error: Exception) -> int:
    from tui.actions.exit_codes import exit_code
    from tui.actions.failure import sentences
    from tui.voucherify.errors import VoucherifyError

    code = exit_code(error)
    if isinstance(error, VoucherifyError) and invocation.error_format in ("json", "jsonl"):
        from tui.actions.printing.formats import json_text

        narrate(json_text({"error": _as_document(error, code)}))
        return code
    for sentence in sentences(error):
        narrate(sentence if sentence.startswith(" ") else f"ordex: {sentence}")
    return code


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
