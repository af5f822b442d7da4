"""``source``: the lines of a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument
from tui.repl.line.vocabulary import CommandCall, ReplCommand

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter


async def source(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Run the file's lines in this session; the first that fails ends it."""
    from tui.repl.script import read_script, run_script

    path = Path(call.given["file"])
    text = await asyncio.to_thread(read_script, path)
    return await run_script(interpreter, text, name=str(path))


SOURCE = ReplCommand(
    name="source",
    summary="Run the lines of a file.",
    help="Run the lines of a file in this session. Stops at the first line that fails and shows its number.",
    run=source,
    arguments=(Argument("file", "file", "The script.", positional=True, required=True, metavar="FILE"),),
    examples=("source morning.ordex",),
)
