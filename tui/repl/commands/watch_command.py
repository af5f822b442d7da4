"""``watch``: the same line again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.actions.verbs import VERBS, verb
from tui.repl.line.statements import Command, read_statement
from tui.repl.line.vocabulary import CommandCall, ReplCommand, RestOfLine

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

SHORTEST = 2
"""Seconds between two runs on an account that is not a sandbox."""


async def watch(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Run a line that only reads at an interval, until it is interrupted.

    Raises:
        InputError: the line writes, or the interval is too short for the account.
    """
    seconds: int = call.given["seconds"]
    line = _checked(interpreter, seconds, call.tail)
    paging, interpreter.preferences.pager = interpreter.preferences.pager, False
    try:
        while True:
            before = interpreter.connection.calls_made
            interpreter.output.note(
                f"── read at {_now()}" if not interpreter.output.linear else f"read at {_now()}"
            )
            code = await interpreter.run_nested(line)
            if code:
                return code
            interpreter.output.note(_cost(interpreter.connection.calls_made - before, seconds))
            await asyncio.sleep(seconds)
    finally:
        interpreter.preferences.pager = paging


def _checked(interpreter: Interpreter, seconds: int, line: str | None) -> str:
    if not line:
        raise InputError("watch needs a line to run, like watch 10 list limit 5")
    if seconds < SHORTEST and interpreter.connection.profile.kind != "sandbox":
        raise InputError(f"at most every {SHORTEST} seconds on this account; each run costs calls")
    from tui.repl.line.vocabulary import rest_of_line

    statement = read_statement(line, rest_of_line)
    name = statement.name.text if isinstance(statement, Command) else ""
    if name not in VERBS:
        raise InputError("watch runs one command that only reads, like list, get or jobs")
    if verb(name).writes:
        raise InputError(f"watch runs commands that only read; {name} writes")
    return line


def _cost(calls: int, seconds: int) -> str:
    an_hour = round(calls * 3600 / seconds)
    counted = f"{calls} call" + ("" if calls == 1 else "s")
    return f"every {seconds} s · {counted} a time, about {an_hour:,} an hour · ctrl-c stops"


def _now() -> str:
    from datetime import UTC, datetime

    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


WATCH = ReplCommand(
    name="watch",
    summary="Run a line every N seconds.",
    help=(
        "Run a line every N seconds until ctrl-c, with the time and the cost of each run. The line must "
        "only read. At least 2 seconds, except on a sandbox."
    ),
    run=watch,
    arguments=(
        Argument(
            "seconds",
            "number",
            "Interval in seconds.",
            positional=True,
            required=True,
            minimum=1,
            maximum=86_400,
        ),
    ),
    examples=("watch 10 list where status:created limit 5",),
    tail=RestOfLine("LINE", heads=1),
)
