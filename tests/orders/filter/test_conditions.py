from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tui.orders.filter import parse
from tui.orders.filter.compiled import known_field
from tui.orders.filter.conditions import (
    Condition,
    EvaluationContext,
    Interval,
    OneOf,
    TextMatch,
    Within,
    conditions_of,
)
from tui.orders.filter.syntax.nodes import FieldComparison

NOW = datetime(1970, 1, 2, tzinfo=UTC)
DAY = 86_400_000


def resolved(text: str, decimals: int = 2) -> Condition:
    """The condition of a filter that is one comparison."""
    node = parse(text, now=NOW, decimals=decimals).ast
    assert isinstance(node, FieldComparison)
    (condition,) = conditions_of(node, known_field(node.field), EvaluationContext(NOW, decimals))
    return condition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status:paid", OneOf(("PAID",))),
        ("customer:a,B", OneOf(("a", "B"))),
        ("customer~a", TextMatch("~", ("a",))),
        ("amount>1", Within((Interval(low=100, open=True),), "number")),
        ("amount<1", Within((Interval(high=100, open=True),), "number")),
        ("amount:1..2, 3", Within((Interval(100, 200), Interval(300, 300)), "number")),
        ("items>=2", Within((Interval(low=2),), "whole")),
        ("created:yesterday", Within((Interval(0, DAY - 1),), "time")),
        ("created>yesterday", Within((Interval(low=DAY),), "time")),
        ("created<yesterday", Within((Interval(high=-1),), "time")),
        ("created<=yesterday", Within((Interval(high=DAY - 1),), "time")),
        ("created>-1d", Within((Interval(low=1),), "time")),
        ("created:yesterday..today", Within((Interval(0, 2 * DAY - 1),), "time")),
        ("metadata.n>1.5", Within((Interval(low=Decimal("1.5"), open=True),), "number")),
        ("metadata.n<=2", Within((Interval(high=Decimal(2)),), "number")),
        ("metadata.d>=-1d", Within((Interval(low=0),), "time")),
    ],
)
def test_a_comparison_becomes_one_condition_in_the_units_of_the_api(text: str, expected: Condition) -> None:
    """Minor units, milliseconds, statuses in capitals; whole numbers need no open ends."""
    assert resolved(text) == expected


def test_decimals_scale_money_only() -> None:
    """An account without decimals counts in its units; counts never scale."""
    assert resolved("amount:5", decimals=0) == Within((Interval(5, 5),), "number")
    assert resolved("items:5", decimals=3) == Within((Interval(5, 5),), "whole")


def test_an_interval_holds_its_bounds_unless_it_is_open() -> None:
    """No bound is no limit."""
    assert [Interval(1, 3).holds(value) for value in (0, 1, 3, 4)] == [False, True, True, False]
    assert [Interval(1, 3, open=True).holds(value) for value in (1, 2, 3)] == [False, True, False]
    assert Interval().holds(0)


def test_a_mixed_list_of_metadata_becomes_a_condition_of_each_kind() -> None:
    """Texts, numbers and dates in one list are alternatives, none is lost."""
    node = parse("metadata.x:web,1..2,yesterday..today", now=NOW).ast
    assert isinstance(node, FieldComparison)
    found = conditions_of(node, known_field("metadata.x"), EvaluationContext(NOW, 2))
    assert found == (
        OneOf(("web",)),
        Within((Interval(Decimal(1), Decimal(2)),), "number"),
        Within((Interval(0, 2 * DAY - 1),), "time"),
    )
