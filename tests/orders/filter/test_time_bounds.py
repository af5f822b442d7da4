"""The bounds that a filter sets on the times of orders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from tests.support.filter_strategies import documents, nodes
from tui.orders.filter import Filter, TimeBounds, bounds_of, parse
from tui.orders.filter.analysis import TimeField
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.filter.syntax.moments import milliseconds
from tui.orders.filter.syntax.nodes import Node
from tui.orders.order import Order

NOW = datetime(1970, 1, 3, tzinfo=UTC)
DAY = 86_400_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TimeBounds()),
        ("created>=yesterday", TimeBounds(first=DAY)),
        ("created>=-1d status:paid", TimeBounds(first=DAY)),
        ("created:yesterday", TimeBounds(DAY, 2 * DAY - 1)),
        ("created>=-2d created<-1d", TimeBounds(0, DAY - 1)),
        ("created:yesterday or created:today", TimeBounds(DAY, 3 * DAY - 1)),
        ("created:yesterday or status:paid", TimeBounds()),
        ("created:yesterday,tomorrow", TimeBounds(DAY, 4 * DAY - 1)),
        ("-created>=yesterday", TimeBounds()),
        ("updated>=yesterday", TimeBounds()),
        ("metadata.due>=yesterday", TimeBounds()),
        ("created>today created<yesterday", TimeBounds(3 * DAY, DAY - 1)),
    ],
)
def test_bounds_of_the_creation_follow_from_the_conditions(text: str, expected: TimeBounds) -> None:
    """Conditions side by side narrow, alternatives widen, negations and other fields set no bound."""
    assert bounds_of(parse(text, now=NOW), "created_at") == expected


@settings(max_examples=200, deadline=None)
@given(nodes, documents())
def test_every_order_that_matches_lies_within_the_bounds(node: Node, document: dict[str, object]) -> None:
    """A reader that stops at the bounds loses no order."""
    found = Filter(node, EvaluationContext(datetime(2026, 11, 23, 12, tzinfo=UTC), 2))
    if not found.matches(Order.read(document)):
        return
    fields: tuple[TimeField, ...] = ("created_at", "updated_at")
    for field in fields:
        bounds = bounds_of(found, field)
        value = document.get(field)
        moment = milliseconds(value if isinstance(value, str) else None)
        assert bounds.first is None or (moment is not None and moment >= bounds.first)
        assert bounds.last is None or (moment is not None and moment <= bounds.last)
