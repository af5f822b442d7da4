"""Runs the command line and turns every error into a message and an exit code."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tui.actions.exit_codes import ExitCode
from tui.terminal.redaction import redacted

from .invocation import JSON_FORMATS, ExplorerRunner, Invocation, ReplRunner
from .root import ordex
from .streams import OutputEnded, narrate, prepare, reader_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.actions.failures import RunFacts


_SERVICE = ("status", "key", "message", "details", "request_id")


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, even if it cannot be parsed."""
    is_json = False
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--format":
            is_json = following in JSON_FORMATS
        elif word.startswith("--format="):
            is_json = word.removeprefix("--format=") in JSON_FORMATS
    return is_json


def error_document(error: Exception, code: ExitCode, facts: RunFacts | None = None) -> dict[str, Any]:
    """``{"error": …}`` with kind, title, text, hint and exit code, without secrets.

    An error of the service also has its status, key, message, details and request_id. ``facts`` adds what the
    run had done before the error.
    """
    document = _describe_error(error, code)
    if facts is not None and (sentences := facts.sentences()):
        document["facts"] = " ".join(sentences)
    return {
        "error": {
            name: redacted(value) if isinstance(value, str) else value for name, value in document.items()
        }
    }


def _describe_error(error: Exception, code: ExitCode) -> dict[str, Any]:
    from tui.actions.failures import describe_os_error
    from tui.voucherify.errors import VoucherifyError

    document: dict[str, Any] = {
        "kind": type(error).__name__,
        "title": getattr(error, "title", "Unexpected"),
        "text": str(error),
        "hint": getattr(error, "hint", ""),
        "exit_code": int(code),
    }
    if isinstance(error, click.ClickException):
        document |= {"title": "Wrong usage", "text": error.format_message().strip()}
    elif isinstance(error, OSError):
        document |= {"title": "A file cannot be used", "text": describe_os_error(error)}
    elif isinstance(error, VoucherifyError):
        known = {name: getattr(error, name, None) for name in _SERVICE}
        document |= {name: value for name, value in known.items() if value is not None}
    return document


def run(*, explore: ExplorerRunner, repl: ReplRunner) -> NoReturn:
    """Run ``ordex`` with the process's arguments and exit."""
    prepare()
    signals = _interrupt_on_signals()
    code = execute(Invocation(explore=explore, repl=repl))
    sys.exit(128 + signals[0] if signals and code == ExitCode.INTERRUPTED else code)


def _interrupt_on_signals() -> list[int]:
    """Let SIGTERM and SIGHUP end a command like ctrl+c, so that temporary files are removed.

    Returns a list that receives the signal numbers. Signals that nohup ignores stay ignored.
    """
    received: list[int] = []

    def interrupt(number: int, _: object) -> None:
        received.append(number)
        signal.raise_signal(signal.SIGINT)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, interrupt)
    return received


def execute(invocation: Invocation, arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code.

    Args:
        invocation: receives the global options.
        arguments: the arguments after ``ordex``; by default those of the process.
    """
    try:
        result = ordex.main(arguments, standalone_mode=False, obj=invocation, prog_name="ordex")
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _report_misuse(error, sys.argv[1:] if arguments is None else arguments)
    except OutputEnded as error:
        if error.why:
            narrate(f"ordex: {error.why}")
        return error.code
    except BrokenPipeError:
        return reader_left()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost handler
        return report_error(error, invocation.error_format, invocation.facts)
    return result if isinstance(result, int) else ExitCode.DONE


def _report_misuse(error: click.ClickException, words: Sequence[str]) -> int:
    if asks_for_json(words):
        return _report_as_json(error, ExitCode.USAGE)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        narrate(context.get_usage())
        narrate(f"Try '{context.command_path} --help' for help.\n")
    narrate(f"Error: {error.format_message()}")
    return ExitCode.USAGE


def report_error(
    error: Exception | KeyboardInterrupt, error_format: str = "text", facts: RunFacts | None = None
) -> int:
    """Report the error that ended the program on stderr; return the exit code.

    Args:
        error: the error.
        error_format: the format of the command's output; for JSON formats the error is JSON, too.
        facts: what the run had done before the error.
    """
    if isinstance(error, KeyboardInterrupt):
        narrate("interrupted")
        for sentence in () if facts is None or facts.nothing_sent else facts.sentences():
            narrate(f"  {sentence}")
        return ExitCode.INTERRUPTED
    from tui.actions.exit_codes import exit_code
    from tui.actions.failures import sentences

    code = exit_code(error, facts)
    if error_format in JSON_FORMATS:
        return _report_as_json(error, code, facts)
    for sentence in sentences(error, facts):
        narrate(sentence if sentence.startswith(" ") else f"ordex: {sentence}")
    return code


def _report_as_json(error: Exception, code: ExitCode, facts: RunFacts | None = None) -> int:
    from tui.actions.printing.formats import json_text

    narrate(json_text(error_document(error, code, facts)))
    return code
