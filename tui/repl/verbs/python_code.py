"""``py`` and ``await``: Python at the prompt, for developers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import InputError
from tui.repl.own_verb import Call, OwnVerb, Tail

if TYPE_CHECKING:
    from tui.repl.interpreter import Interpreter


async def run_python(interpreter: Interpreter, call: Call) -> ExitCode:
    """Run Python.

    Raises:
        InputError: it is off on this profile, or there is nothing to run.
    """
    return await _run(interpreter, call.tail, awaited=False)


async def run_await(interpreter: Interpreter, call: Call) -> ExitCode:
    """Run one awaited expression.

    Raises:
        InputError: as for ``run_python``.
    """
    return await _run(interpreter, call.tail, awaited=True)


async def _run(interpreter: Interpreter, code: str | None, *, awaited: bool) -> ExitCode:
    if not interpreter.allow_python():
        raise InputError("Python is off on this profile: it could do anything to a production account")
    if interpreter.output.masks.on:
        raise InputError("Python is off while masks are on: it could show anything")
    if not code:
        raise InputError("Python wants code, like py [order.id for order in orders]")
    from tui.repl.python_runner import run_code

    return await run_code(interpreter, f"await {code}" if awaited else code)


PY = OwnVerb(
    name="py",
    summary="Run Python with api, orders and _.",
    help=(
        "Run Python code, which may use await. api is the client of this account, orders has the orders "
        "of the last result, _ their documents. An order or a page of orders becomes the last result. Not"
        " available on production."
    ),
    run=run_python,
    examples=("py sum(order.amount or 0 for order in orders)", "py page = await api.list_orders(limit=3)"),
    tail=Tail("CODE", line=False),
)
AWAIT = replace(
    PY,
    name="await",
    summary="Run one awaited Python expression.",
    run=run_await,
    examples=("await api.list_orders(limit=3)",),
)
