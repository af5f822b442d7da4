"""``customer``: a customer's orders and their totals."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.actions.copy_answers import copied_orders, describe_partial, honest_columns, open_copy
from tui.actions.exit_codes import ExitCode
from tui.actions.printing.formats import FORMATS
from tui.actions.results import OrdersResult
from tui.actions.verb import Argument, Verb
from tui.actions.verb_context import VerbContext
from tui.orders.amounts import format_amount
from tui.orders.columns import DEFAULT_COLUMNS, column
from tui.orders.times import format_short
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.mirror.copy_search import FoundOrders
    from tui.orders.order import Order


async def run(context: VerbContext, given: Mapping[str, Any]) -> OrdersResult:
    """Find the orders of the customer.

    Raises:
        CopyError: the copy cannot be read or made.
        VoucherifyError: the account cannot be read.
    """
    from tui.mirror.copy_search import find_orders
    from tui.orders.amounts import DECIMALS
    from tui.orders.filter import Filter
    from tui.orders.filter.conditions import EvaluationContext
    from tui.orders.filter.syntax.nodes import FieldComparison, TextOperand

    customer: str = given["id"]
    node = FieldComparison("customer", ":", (TextOperand(customer),))
    where = Filter(node, EvaluationContext(context.now(), DECIMALS))
    async with open_copy(context) as copy:
        found: FoundOrders = await asyncio.to_thread(find_orders, copy.reader, where)
    orders = copied_orders(context, found)
    columns = honest_columns([column(name) for name in DEFAULT_COLUMNS if name != "customer"], found)
    if not orders:
        text = f"no order of a customer {customer}, {copy.age}; orders hold the customer's id only"
        return OrdersResult((), columns, (text,), ExitCode.NOT_FOUND)
    return OrdersResult(orders, columns, (*_totals(orders), *describe_partial(len(found.partial)), copy.age))


def _totals(orders: Sequence[Order]) -> Iterator[str]:
    """Sentences about orders that are listed newest first."""
    totals = [order.total_amount for order in orders if order.total_amount is not None]
    if totals:
        average = format_amount(round(sum(totals) / len(totals)))
        amounts = f"{format_amount(sum(totals))} after discounts, {average} on average"
        yield f"{pluralize(len(orders), 'order')}, {amounts}"
    else:
        yield f"{pluralize(len(orders), 'order')}, none with an amount"
    discounted = sum(bool(order.total_discount_amount) for order in orders)
    yield (
        f"first {format_short(orders[-1].created_at)}, last {format_short(orders[0].created_at)} (UTC);"
        f" {discounted:,} discounted ({discounted / len(orders):.0%})"
    )


VERB = Verb(
    name="customer",
    summary="Show a customer's orders, totals, first and last order.",
    help=(
        "Show all orders of a customer by the customer's id, newest first, with their totals, the first and "
        "last order, and how many were discounted. It is answered from the local copy; without one, Ordex "
        "reads the account and shows the cost first."
    ),
    run=run,
    arguments=(Argument("id", "text", "The customer's id.", positional=True, required=True, metavar="ID"),),
    examples=("customer cust_4r6Jd0v1n5oB", "customer cust_4r6Jd0v1n5oB --format csv"),
    formats=FORMATS,
)
