"""``alias`` and ``run``: lines with a name, and with parameters."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.repl.alias_file import AliasFile
from tui.repl.line.vocabulary import CommandCall, ReplCommand, RestOfLine

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

_NAME = re.compile(r"[A-Za-z][\w-]*\Z")


async def alias(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Save a line under a name, delete a name, or show the saved lines.

    Raises:
        InputError: the name is invalid or unknown.
    """
    book = AliasFile(interpreter.folders)
    name: str | None = call.given["name"]
    aliases = await asyncio.to_thread(book.read)
    if call.tail is None:
        shown = aliases if name is None else {name: _named(aliases, name)}
        interpreter.output.write("".join(f"{each}\n" for each in book.lines(shown)))
        if not shown:
            interpreter.output.note("no saved lines yet; alias paid = list where status:paid saves one")
        return ExitCode.DONE
    if name is None or not _NAME.match(name):
        raise InputError("the name of an alias has letters, digits, - and _ and starts with a letter")
    if call.tail:
        aliases[name] = call.tail
    else:
        _named(aliases, name)
        del aliases[name]
    await asyncio.to_thread(book.write, aliases)
    return ExitCode.DONE


async def run(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Run a saved line with its arguments ``$1``, ``$2`` and ``$*``.

    Raises:
        InputError: the name is unknown.
    """
    aliases = await asyncio.to_thread(AliasFile(interpreter.folders).read)
    line = _named(aliases, call.given["name"])
    memory = interpreter.memory
    before, memory.parameters = memory.parameters, call.given["values"]
    try:
        return await interpreter.run_nested(line)
    finally:
        memory.parameters = before


def _named(aliases: dict[str, str], name: str) -> str:
    if name not in aliases:
        known = f"the aliases are {', '.join(aliases)}" if aliases else "there are none yet"
        raise InputError(f"unknown alias “{name}”; {known}")
    return aliases[name]


ALIAS = ReplCommand(
    name="alias",
    summary="Save a line under a name.",
    help=(
        "Save a line under a name: alias NAME = LINE. $1, $2 … and $* stand for the arguments of run. "
        "alias shows all names, alias NAME shows one, and alias NAME = deletes it. Names are saved in the"
        " config folder."
    ),
    run=alias,
    arguments=(Argument("name", "text", "Name of the alias.", positional=True),),
    examples=("alias of = list where customer:$1 limit 20", "alias"),
    tail=RestOfLine("LINE", heads=1, sign="="),
)
RUN = ReplCommand(
    name="run",
    summary="Run a saved line.",
    help="Run a line that alias saved, with arguments for its $1, $2 …",
    run=run,
    arguments=(
        Argument("name", "text", "Name of the alias.", positional=True, required=True, metavar="NAME"),
        Argument("values", "text", "Arguments for $1, $2 …", positional=True, several=True),
    ),
    examples=("run of cust_1",),
)
