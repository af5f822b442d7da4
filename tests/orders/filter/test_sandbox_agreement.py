"""The predicate and the sandbox's export filters over the same orders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.support.filter_orders import some_documents
from tests.support.filter_trees import some_trees
from tui.orders.filter import Filter, to_export_filters
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.order import Order
from tui.sandbox.jobs.export_filters import FilterContext, check_filters, matches
from tui.sandbox.policies import Policies

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTING = EvaluationContext(NOW, 2)
CONTEXT = FilterContext(NOW, Policies())
PAIRS = 5_000
ORDERS = 12


def by_sandbox(filters: dict[str, Any] | None, document: dict[str, Any]) -> bool:
    """Whether an export of the sandbox with these filters has the order."""
    if filters is None:
        return True
    check_filters(filters)
    return matches(document, filters, CONTEXT)


def test_five_thousand_filters_agree_with_the_sandbox() -> None:
    """Each on its own dozen of orders: what the sandbox lets through and the remainder keeps is the filter.

    Where the compiler says that it is exact, the sandbox alone decides alike; where not, it says what is
    left and why.
    """
    exact = matched = 0
    for seed, node in enumerate(some_trees(PAIRS, seed=2016)):
        documents = some_documents(ORDERS, seed=seed)
        orders = [Order.read(document) for document in documents]
        whole = Filter(node, SETTING)
        target = to_export_filters(whole)
        wanted = [whole.matches(order) for order in orders]
        sent = [by_sandbox(target.filters, document) for document in documents]
        kept = [target.remainder.matches(order) for order in orders]
        assert [server and here for server, here in zip(sent, kept, strict=True)] == wanted, str(node)
        assert sent == wanted if target.exact else all(left.text and left.reason for left in target.left)
        exact += target.exact
        matched += any(wanted)
    assert exact > PAIRS // 12
    assert matched > PAIRS // 5
