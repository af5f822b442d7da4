"""``py`` and ``await``: Python at the prompt, for developers."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.actions.exit_codes import ExitCode
from tui.actions.verb import InputError
from tui.repl.line.vocabulary import CommandCall, ReplCommand, RestOfLine
from tui.terminal.line_input import default_interrupt

if TYPE_CHECKING:
    from types import CodeType

    from tui.repl.interpreter import Interpreter


async def run_python(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """Run Python.

    Raises:
        InputError: it is off on this profile, or there is nothing to run.
    """
    return await _run(interpreter, call.tail, awaited=False)


async def run_await(interpreter: Interpreter, call: CommandCall) -> ExitCode:
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
        raise InputError("Python needs code, like py [order.id for order in orders]")

    return await run_code(interpreter, f"await {code}" if awaited else code)


PY = ReplCommand(
    name="py",
    summary="Run Python with api, orders and _.",
    help=(
        "Run Python code, which may use await. api is the client of this account, orders has the orders "
        "of the last result, _ their documents. An order or a page of orders becomes the last result. Not"
        " available on production."
    ),
    run=run_python,
    examples=("py sum(order.amount or 0 for order in orders)", "py page = await api.list_orders(limit=3)"),
    tail=RestOfLine("CODE", line=False),
)
AWAIT = replace(
    PY,
    name="await",
    summary="Run one awaited Python expression.",
    run=run_await,
    examples=("await api.list_orders(limit=3)",),
)


NAME = "<py>"


async def run_code(interpreter: Interpreter, source: str) -> ExitCode:
    """Run Python in the session's namespace; an expression's value is printed.

    An exception is shown as Python shows it, without the values of variables.
    """
    from tui.repl.line.line_error import LineError

    try:
        code = _compiled(source)
    except SyntaxError as error:
        lines = source.splitlines(keepends=True)[: (error.lineno or 1) - 1]
        position = sum(map(len, lines)) + (error.offset or 1) - 1
        raise LineError(f"Python: {error.msg}", text=source, position=position) from None
    namespace = await _namespace(interpreter)
    try:
        with default_interrupt():
            value = eval(code, namespace)  # noqa: S307 - running the user's own code is what the verb is for
        if inspect.isawaitable(value):
            value = await _awaited(value)
    except KeyboardInterrupt:
        interpreter.output.note("interrupted")
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the user's code may raise anything
        interpreter.output.note(f"{type(error).__name__}: {error}")
        return ExitCode.USAGE
    await _show(interpreter, value)
    return ExitCode.DONE


def _compiled(source: str) -> CodeType:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        code: CodeType = compile(source, NAME, "eval", flags=flags)
    except SyntaxError:
        code = compile(source, NAME, "exec", flags=flags)
    return code


async def _namespace(interpreter: Interpreter) -> dict[str, Any]:
    from tui.actions.results import OrderResult, OrdersResult

    account = await interpreter.connection.open()
    orders: list[Any] = []
    match interpreter.memory.result:
        case OrdersResult() as listed:
            orders = list(listed.orders)
        case OrderResult() as shown:
            orders = [shown.order]
    interpreter.namespace |= {"api": account.client, "orders": orders, "_": interpreter.memory.last}
    return interpreter.namespace


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


async def _show(interpreter: Interpreter, value: Any) -> None:
    from tui.repl.output_target import OutputTarget

    result = _as_result(value)
    delivery = OutputTarget(interpreter.output, interpreter.preferences, None, None, append=False)
    if result is not None:
        interpreter.memory.take(result)
        await delivery.deliver(result, None, seconds=None)
    elif value is not None:
        await delivery.deliver_text(f"{value!r}\n")


def _as_result(value: Any) -> Any:
    from tui.actions.arguments.filter_and_columns import parse_columns
    from tui.actions.results import OrderResult, OrdersResult
    from tui.orders.order import Order
    from tui.voucherify.responses import OrdersPage

    if isinstance(value, Order):
        return OrderResult(value)
    if isinstance(value, OrdersPage):
        of = "" if value.total is None else f" of {value.total:,}"
        return OrdersResult(value.orders, parse_columns(None), (f"{len(value.orders):,}{of} orders",))
    return None
