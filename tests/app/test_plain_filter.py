"""The plain language of the filter bar."""

from __future__ import annotations

import pytest

from tests.support.fake_orders import make_order
from tui.app.plain_filter import plain_filter


@pytest.mark.parametrize(
    "text", ["teapot", "TEAPOT", "shop-000001", "ord_0000", "channel", "store", "paid store", "20.74", " "]
)
def test_words_are_found_wherever_they_are(text: str) -> None:
    """Columns, ids, metadata and product names, in any case, every word."""
    assert plain_filter()(text)(make_order(1))


@pytest.mark.parametrize("text", ["coffee", "paid web", "[/]", "(", "\\"])
def test_what_is_not_there_does_not_match(text: str) -> None:
    """No word is a pattern."""
    assert not plain_filter()(text)(make_order(1))


def test_a_newer_reading_is_searched_anew() -> None:
    """What was read from an order before is not remembered for its next reading."""
    accepts = plain_filter()("canceled")
    assert not accepts(make_order(1, status="PAID"))
    assert accepts(make_order(1, status="CANCELED"))
