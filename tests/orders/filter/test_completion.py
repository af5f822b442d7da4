from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.orders.filter import Suggestion, complete
from tui.orders.filter.completion import MAX_SUGGESTIONS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VALUES = {
    "customer": ["cust_1", "cust_2", "my customer", "or"],
    "metadata.channel": ["web", "app", "In-Web", "web shop"],
    "metadata.gift note": ["yes"],
    "id": ["ord_1"],
}


def suggested(text: str, cursor: int | None = None) -> list[Suggestion]:
    """What is suggested at the cursor, at the end without one."""
    return complete(text, len(text) if cursor is None else cursor, values=VALUES, now=NOW)


def applied(text: str) -> list[str]:
    """The text with each suggestion put in."""
    return [text[: found.start] + found.text for found in suggested(text)]


def test_nothing_typed_suggests_fields_and_keywords() -> None:
    """The most used field comes first."""
    found = suggested("")
    assert found[0].text == "status:"
    assert {"amount>=", "created>=", "metadata.channel:", "has:", "not"} <= {each.text for each in found}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("st", "status:"),
        ("status:paid cre", "status:paid created>="),
        ("-(cust", "-(customer:"),
        ("total_am", "total>="),
        ("metadata.ch", "metadata.channel:"),
        ("metadata.g", 'metadata."gift note":'),
        ("status:P", "status:paid"),
        ("status:paid,", "status:paid,created"),
        ("has:disc", "has:discount"),
        ("has:metadata.g", 'has:"metadata.gift note"'),
        ("created:this-m", "created:this-month"),
        ("created>-7", "created>-7d"),
        ("created>=2026-1", "created>=2026-11-23"),
        ("customer:MY", 'customer:"my customer"'),
        ("customer = o", 'customer = "or"'),
        ('metadata.channel:"web s', 'metadata.channel:"web shop"'),
        ("id^=", "id^=ord_1"),
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    """Beginnings win, quotes are put where they are needed."""
    assert applied(text)[0] == first


def test_beginnings_come_before_other_places() -> None:
    """Values that contain the typed text follow those that begin with it, in the order given."""
    assert applied("metadata.channel:web")[:3] == [
        "metadata.channel:web",
        'metadata.channel:"web shop"',
        "metadata.channel:In-Web",
    ]


def test_a_whole_field_name_suggests_its_operators() -> None:
    """After a field come the operators of its kind, at the cursor."""
    found = suggested("amount")
    assert [each.text for each in found if each.kind == "operator"] == [":", ">", ">=", "<", "<="]
    assert all(each.start == 6 for each in found if each.kind == "operator")


def test_instants_are_not_suggested_where_a_span_is_meant() -> None:
    """``created:`` takes days and months, ``created>`` also ``-7d``."""
    assert "-7d" not in [each.text for each in suggested("created:")]
    assert "now" not in [each.text for each in suggested("created:")]
    assert "-7d" in [each.text for each in suggested("created>")]
    assert next(each.help for each in suggested("created:today")) == "from 2026-11-23 00:00"


@pytest.mark.parametrize("text", ['"red sh', "nonsense:x", ":", 'customer:"cust_1"', "amount>1"])
def test_where_nothing_is_known_nothing_is_suggested(text: str) -> None:
    """Inside quoted words, after unknown fields and finished values the list is empty."""
    assert suggested(text) == []


def test_text_after_the_cursor_does_not_matter() -> None:
    """Completion looks at what stands before the cursor."""
    assert suggested("st amount>5", 2)[0].text == "status:"


def test_the_list_is_bounded() -> None:
    """However many values were seen, only some are given."""
    many = {"customer": [f"cust_{at}" for at in range(10_000)]}
    assert len(complete("customer:9", 10, values=many, now=NOW)) == MAX_SUGGESTIONS
    assert len(complete("customer:c", 10, values=many, now=NOW)) == MAX_SUGGESTIONS


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=20) | st.sampled_from(("status:", "has:", "created<", "metadata.")), st.integers(-3, 25)
)
def test_any_text_and_cursor_can_be_completed(text: str, cursor: int) -> None:
    """Completion never raises, and what it replaces lies before the cursor."""
    for found in suggested(text, cursor):
        assert 0 <= found.start <= max(0, min(cursor, len(text)))
        assert found.text
