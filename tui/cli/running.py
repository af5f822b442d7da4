"""Runs the command line: every end is an exit code, every error a sentence."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from tui.actions.exit_codes import ExitCode

from .error_document import JSON_FORMATS, asks_for_json, error_document
from .invocation import Converse, Explore, Invocation, narrate
from .root import ordex
from .streams import OutputEnded, prepare, reader_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.actions.failures import RunFacts


def run(*, explore: Explore, repl: Converse) -> NoReturn:
    """Run ``ordex`` with the process's arguments and exit."""
    prepare()
    ended_by = _interrupted_by_signals()
    code = execute(Invocation(explore=explore, repl=repl))
    sys.exit(128 + ended_by[0] if ended_by and code == ExitCode.INTERRUPTED else code)


def _interrupted_by_signals() -> list[int]:
    """Let SIGTERM and SIGHUP end a command as ctrl+c does, so that no temporary file is left.

    The list gets the number of the signal that came. What nohup ignores stays ignored.
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
        invocation: what the command's options are kept in.
        arguments: the words behind ``ordex``; the process's own when not given.
    """
    try:
        result = ordex.main(arguments, standalone_mode=False, obj=invocation, prog_name="ordex")
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _misused(error, sys.argv[1:] if arguments is None else arguments)
    except OutputEnded as error:
        if error.why:
            narrate(f"ordex: {error.why}")
        return error.code
    except BrokenPipeError:
        return reader_left()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place to make it a sentence
        return failed(error, invocation.error_format, invocation.facts)
    return result if isinstance(result, int) else ExitCode.DONE


def _misused(error: click.ClickException, words: Sequence[str]) -> int:
    if asks_for_json(words):
        return _say_as_json(error, ExitCode.USAGE)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        narrate(context.get_usage())
        narrate(f"Try '{context.command_path} --help' for help.\n")
    narrate(f"Error: {error.format_message()}")
    return ExitCode.USAGE


def failed(
    error: Exception | KeyboardInterrupt, error_format: str = "text", facts: RunFacts | None = None
) -> int:
    """Say what ended the program, on stderr; return the exit code.

    Args:
        error: what ended it.
        error_format: the format of the command's output; the error is JSON where that is.
        facts: what the run had done by then.
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
        return _say_as_json(error, code, facts)
    for sentence in sentences(error, facts):
        narrate(sentence if sentence.startswith(" ") else f"ordex: {sentence}")
    return code


def _say_as_json(error: Exception, code: ExitCode, facts: RunFacts | None = None) -> int:
    from tui.actions.printing.formats import json_text

    narrate(json_text(error_document(error, code, facts)))
    return code
