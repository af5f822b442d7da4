"""``help``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter


async def show_help(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Print a help page: all commands, one command, or a topic.

    Raises:
        InputError: there is no such page.
    """
    from tui.repl.help_pages import page

    text = page(call.given["topic"])
    if text is None:
        raise InputError(f"no help on “{call.given['topic']}”; help lists the commands and topics")
    interpreter.output.write(text)
    return ExitCode.DONE


HELP = ReplCommand(
    name="help",
    summary="Show all commands, or one.",
    help="Show all commands and topics, or the page of one.",
    run=show_help,
    arguments=(Argument("topic", "text", "A command or a topic.", positional=True),),
    examples=("help", "help list", "help filter"),
)
