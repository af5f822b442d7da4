"""``exit``, ``quit`` and ``explore``: the ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import Argument, InputError
from tui.repl.line.vocabulary import CommandCall, ReplCommand
from tui.repl.repl_state import ExitRequest, ExplorerPlace

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter
    from tui.repl.repl_state import ReplState


async def leave(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """End the session; in a script, end the script too."""
    interpreter.leave = ExitRequest(code=call.given["code"], profile=interpreter.connection.profile)
    return ExitCode.DONE


async def explore(interpreter: Interpreter, _: CommandCall) -> ExitCode:
    """End the session and open the last result in the explorer."""
    interpreter.leave = ExitRequest(
        explore=_place(interpreter.memory), profile=interpreter.connection.profile
    )
    return ExitCode.DONE


def _place(memory: ReplState) -> ExplorerPlace:
    from tui.actions.results import DocumentsResult, OrderResult, OrdersResult

    match memory.result:
        case None:
            if isinstance(memory.last, dict) and memory.last.get("id"):
                return ExplorerPlace(order_id=str(memory.last["id"]))
            return ExplorerPlace()
        case OrderResult() as shown:
            return ExplorerPlace(order_id=shown.order.id)
        case OrdersResult() as listed:
            return ExplorerPlace(where=memory.where, orders=tuple(listed.orders))
        case DocumentsResult():
            return ExplorerPlace()
        case done:
            identity = (done.document or {}).get("id")
            if not isinstance(identity, str):
                raise InputError("the last result has no orders; use list or get first")
            return ExplorerPlace(order_id=identity)


EXIT = ReplCommand(
    name="exit",
    summary="Exit.",
    help="Exit, with an optional exit code. ctrl-d does the same.",
    run=leave,
    arguments=(Argument("code", "number", "Exit code.", positional=True, default=0, minimum=0, maximum=255),),
    examples=("exit", "exit 3"),
)
QUIT = replace(EXIT, name="quit", examples=("quit",))
EXPLORE = ReplCommand(
    name="explore",
    summary="Open the explorer on the last result.",
    help=(
        "Open the explorer at the last order, or on exactly the orders of the last list. q returns to the"
        " prompt and keeps variables and the last result."
    ),
    run=explore,
    examples=("explore",),
)
