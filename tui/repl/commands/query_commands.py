"""``query`` and ``run``: lines with a name, and with parameters."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.repl.line.vocabulary import CommandCall, ReplCommand, RestOfLine
from tui.repl.query_file import QueryFile

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter

_NAME = re.compile(r"[A-Za-z][\w-]*\Z")


async def query(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Save a line under a name, delete a name, or show the saved lines.

    Raises:
        InputError: the name is invalid or unknown.
    """
    book = QueryFile(interpreter.folders)
    name: str | None = call.given["name"]
    queries = await asyncio.to_thread(book.read)
    if call.tail is None:
        shown = queries if name is None else {name: _named(queries, name)}
        interpreter.output.write("".join(f"{each}\n" for each in book.lines(shown)))
        if not shown:
            interpreter.output.note("no saved lines yet; query paid = list where status:paid saves one")
        return ExitCode.DONE
    if name is None or not _NAME.match(name):
        raise InputError("a query name has letters, digits, - and _ and starts with a letter")
    if call.tail:
        queries[name] = call.tail
    else:
        _named(queries, name)
        del queries[name]
    await asyncio.to_thread(book.write, queries)
    return ExitCode.DONE


async def run(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Run a saved line with its arguments ``$1``, ``$2`` and ``$*``.

    Raises:
        InputError: the name is unknown.
    """
    queries = await asyncio.to_thread(QueryFile(interpreter.folders).read)
    line = _named(queries, call.given["name"])
    memory = interpreter.memory
    before, memory.parameters = memory.parameters, call.given["values"]
    try:
        return await interpreter.run_nested(line)
    finally:
        memory.parameters = before


def _named(queries: dict[str, str], name: str) -> str:
    if name not in queries:
        known = f"the queries are {', '.join(queries)}" if queries else "there are none yet"
        raise InputError(f"unknown query “{name}”; {known}")
    return queries[name]


QUERY = ReplCommand(
    name="query",
    summary="Save a line under a name.",
    help=(
        "Save a line under a name: query NAME = LINE. $1, $2 … and $* stand for the arguments of run. "
        "query shows all names, query NAME shows one, and query NAME = deletes it. Names are saved in the"
        " config folder."
    ),
    run=query,
    arguments=(Argument("name", "text", "Name of the query.", positional=True),),
    examples=("query of = list where customer:$1 limit 20", "query"),
    tail=RestOfLine("LINE", heads=1, sign="="),
)
RUN = ReplCommand(
    name="run",
    summary="Run a saved line.",
    help="Run a line that query saved, with arguments for its $1, $2 …",
    run=run,
    arguments=(
        Argument("name", "text", "Name of the query.", positional=True, required=True, metavar="NAME"),
        Argument("values", "text", "Arguments for $1, $2 …", positional=True, several=True),
    ),
    examples=("run of cust_1",),
)
