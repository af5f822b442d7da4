"""``history`` and ``clear``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

SHOWN = 50


async def show_history(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Print the lines typed before that hold every word."""
    from tui.terminal.visible import visible

    wanted = [word.casefold() for word in call.given["words"]]
    lines = interpreter.person.typed_lines()
    found = [line for line in lines if all(word in line.casefold() for word in wanted)]
    interpreter.output.write("".join(f"{visible(line)}\n" for line in found[-SHOWN:]))
    if len(found) > SHOWN:
        interpreter.output.note(f"the last {SHOWN} of {len(found):,}")
    return ExitCode.DONE


async def clear(interpreter: Interpreter, _: CommandCall) -> ExitCode:
    """Clear the screen where there is one."""
    interpreter.person.clear()
    return ExitCode.DONE


HISTORY = ReplCommand(
    name="history",
    summary="Show the history.",
    help="Show the history of this profile, or the lines with these words. ctrl-r searches.",
    run=show_history,
    arguments=(Argument("words", "text", "Words to look for.", positional=True, several=True),),
    examples=("history", "history update paid"),
)
CLEAR = ReplCommand(name="clear", summary="Clear the screen.", help="Clear the screen.", run=clear)
