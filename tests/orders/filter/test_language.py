from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.orders.filter import FilterError, parse
from tui.orders.order import Order

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORDER = Order.read({"id": "ord_1", "created_at": "2026-11-20T10:00:00.000Z", "amount": 1000})


def test_the_empty_filter_matches_every_order() -> None:
    """No text, no condition."""
    assert parse("", now=NOW).matches(ORDER)


def test_a_filter_keeps_what_was_typed() -> None:
    """The text as typed, and the canonical one beside it."""
    found = parse("  Amount >= 5.00 ", now=NOW)
    assert found.text == "  Amount >= 5.00 "
    assert str(found.ast) == "amount>=5"
    assert repr(found) == "Filter('amount>=5')"


def test_relative_dates_stay_relative() -> None:
    """The same filter asked later looks at later days."""
    recent = parse("created>=-7d", now=NOW)
    assert recent.matches(ORDER)
    assert not recent.at(NOW + timedelta(days=30)).matches(ORDER)
    assert str(recent.at(NOW + timedelta(days=30)).ast) == "created>=-7d"


def test_money_is_read_with_the_decimals_of_the_account() -> None:
    """A thousand minor units are 10.00, or 1000 without decimals."""
    assert parse("amount:10", now=NOW).matches(ORDER)
    assert parse("amount:1000", now=NOW, decimals=0).matches(ORDER)


def test_a_text_that_is_no_filter_raises() -> None:
    """The caller gets one kind of error."""
    with pytest.raises(FilterError):
        parse("amount>", now=NOW)
