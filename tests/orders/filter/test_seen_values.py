"""Values that loaded orders hold."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.fake_orders import make_order
from tui.orders.filter import complete
from tui.orders.filter.completion import SeenValues

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def seen(*metadata: object) -> SeenValues:
    """The values of orders with this metadata."""
    values = SeenValues()
    values.add(make_order(number, metadata=given) for number, given in enumerate(metadata))
    return values


def test_the_most_frequent_comes_first() -> None:
    """By field and by metadata key."""
    values = seen({"channel": "app"}, {"channel": "web"}, {"channel": "web"})
    assert values["metadata.channel"] == ("web", "app")
    assert make_order(0).customer_id in values["customer"]
    assert "Coffee beans" in values["product"]


def test_nested_and_listed_metadata_is_found_by_its_path() -> None:
    """Numbers and truth values as they are written in a filter."""
    values = seen({"a": {"b": [1, 2.5, True, None]}, "n": 10})
    assert set(values["metadata.a.b"]) == {"1", "2.5", "true"}
    assert values["metadata.n"] == ("10",)


def test_what_is_no_use_or_hides_is_left_out() -> None:
    """Long values, control characters, bidi controls; however deep it nests."""
    deep: object = "x"
    for _ in range(60):
        deep = {"k": deep}
    values = seen({"a": "x" * 81, "b": "\x1b[31m", "c": "\u202eabc", "d\x07": "x", "e": deep})
    assert [name for name in values if name.startswith("metadata.")] == []


def test_an_order_counts_once() -> None:
    """Reading a page again changes nothing; what is new is known."""
    values = seen({"channel": "web"})
    again = [make_order(0, metadata={"channel": "app"}), make_order(1)]
    assert values.unseen(again) == again[1:]
    values.add(again)
    assert "app" not in values["metadata.channel"]
    assert values.unseen(again) == []


def test_completion_proposes_them() -> None:
    """The keys as fields, the values behind them."""
    values = seen({"channel": "web"}, {"channel": "phone order"})
    fields = [each.text for each in complete("chan", 4, values=values, now=NOW)]
    assert "metadata.channel:" in fields
    found = complete("metadata.channel:p", 18, values=values, now=NOW)
    assert found[0].text == '"phone order"'
