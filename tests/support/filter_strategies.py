"""Hypothesis strategies: filter trees and order documents that often meet."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tui.orders.filter.filter_fields import FIELDS, OPERATORS, FieldKind, FilterableField, lookup
from tui.orders.filter.syntax.moments import resolve
from tui.orders.filter.syntax.nodes import (
    And,
    FieldComparison,
    HasValue,
    MomentOperand,
    Node,
    Not,
    NumberOperand,
    Operand,
    Operator,
    Or,
    RangeOperand,
    TextOperand,
    TextSearch,
)
from tui.orders.filter.syntax.operands import KNOWN_STATUSES

METADATA_KEYS = ("channel", "score", "gift note", "due", "shop.city", "Ünï")
TEXTS = (
    "web",
    "app",
    "WEB",
    "a b",
    "10",
    "7.50",
    "true",
    "x,y",
    'say "hi"',
    "\\",
    "10..20",
    "or",
    "2026-03-01",
)
IDS = ("ord_1", "ord_2", "src-1", "SRC-1", "2026-01", "cust_1", "cust_2", "#7", "x")
PARTS = ("ORD", "src", "SRC", "CUST", "1", "-1", "we", "x,", "tr", "PA")
DAYS = ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-03-01", "2026-11-23")
CLOCKS = (
    "00:00:00.000Z",
    "23:59:59.999Z",
    "12:00:00.000Z",
    "11:59:59.999Z",
    "10:00:00.001Z",
    "10:30:30.500Z",
)
MOMENTS = (
    *DAYS,
    *("2026", "2026-01", "2026-01-01T10", "2026-01-01T10:00", "2026-02-01T10:30:30", "2026-01-01T12:00Z"),
    *("2026-01-31T23:59:59.999+02:00", "today", "yesterday", "this-month", "last-year"),
)
INSTANTS = ("now", "-7d", "-3h", "+1w", "-30m", "-1mo", "-1y")
SOME_DAYS = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]
MINOR = (0, 1, 99, 100, 1000, 1250, 2000, -500)

_keys = [field for key in METADATA_KEYS if (field := lookup(f"metadata.{key}")) is not None]
_sent = [
    field for field in FIELDS.values() if field.export and field.kind in (FieldKind.TEXT, FieldKind.STATUS)
]
FILTERED = [*FIELDS.values(), *_keys, *_sent, *_sent]
fields = st.sampled_from(FILTERED)


def _scalar(field: FilterableField, operator: Operator) -> st.SearchStrategy[Operand]:
    moments = MOMENTS if operator == ":" else (*MOMENTS, *INSTANTS)
    if field.kind is FieldKind.AMOUNT:
        return st.sampled_from(MINOR).map(lambda minor: NumberOperand(Decimal(minor).scaleb(-2)))
    if field.kind is FieldKind.COUNT:
        return st.integers(0, 4).map(lambda count: NumberOperand(Decimal(count)))
    if field.kind is FieldKind.TIME:
        return st.sampled_from(moments).map(MomentOperand)
    if field.kind is FieldKind.STATUS and operator == ":":
        return st.sampled_from(KNOWN_STATUSES).map(TextOperand)
    if operator in (":", "~", "^=", "$="):
        whole = st.sampled_from((*TEXTS, *IDS)) | st.text(min_size=1, max_size=4)
        if field.name in ("customer", "referrer"):
            whole = st.sampled_from(IDS)
        return (whole if operator == ":" else st.sampled_from(PARTS)).map(TextOperand)
    numbers = st.sampled_from(("10", "7.5", "-1", "0")).map(lambda text: NumberOperand(Decimal(text)))
    return numbers | st.sampled_from(MOMENTS).filter(lambda text: text != "2026").map(MomentOperand)


def _range(field: FilterableField) -> st.SearchStrategy[Operand]:
    ends = st.tuples(_scalar(field, ">="), _scalar(field, ">="))
    return ends.map(upright).filter(lambda found: found is not None)  # type: ignore[return-value]  # filtered


def upright(ends: tuple[Any, Any]) -> RangeOperand | None:
    """A range from the smaller to the larger end, if they are of one kind."""
    low, high = ends
    if type(low) is not type(high):
        return None
    if isinstance(low, NumberOperand) and low.value > high.value:
        low, high = high, low
    if isinstance(low, MomentOperand) and _is_reversed(low, high):
        return None if _is_reversed(high, low) else RangeOperand(high, low)
    return RangeOperand(low, high)


def _is_reversed(low: MomentOperand, high: MomentOperand) -> bool:
    return any(resolve(high.text, now).end <= resolve(low.text, now).start for now in SOME_DAYS)


@st.composite
def comparisons(draw: st.DrawFn) -> FieldComparison:
    """Any comparison that the language allows."""
    field = draw(fields)
    operator = draw(st.sampled_from(OPERATORS[field.kind]))
    operand = _scalar(field, operator)
    if operator == ":" and field.kind not in (FieldKind.TEXT, FieldKind.STATUS):
        operand = operand | _range(field)
    most = 1 if operator in (">", ">=", "<", "<=") else 3
    return FieldComparison(field.name, operator, tuple(draw(st.lists(operand, min_size=1, max_size=most))))


words = (
    st.sampled_from((*TEXTS, *IDS, "red shoes", "CUST", "-x", "a:b"))
    | st.text(min_size=1, max_size=5).filter(str.strip)
).map(TextSearch)
leaves = comparisons() | words | fields.map(lambda field: HasValue(field.name))


def _grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return several.map(And) | several.map(Or) | parts.map(Not)


nodes: st.SearchStrategy[Node] = st.recursive(leaves, _grown, max_leaves=6)


_times = st.tuples(st.sampled_from(DAYS), st.sampled_from((*CLOCKS, "10:00:00.000500Z"))).map("T".join)


VALUES: tuple[Any, ...] = (
    *TEXTS,
    *DAYS,
    *(10, 7.5, 7.0, -1, 0, 1e-7, 1e16, 12345678901234567890, True, False, None),
    *("", " ", "7.5", "7.500", "1e1", "010", "+10", "null", "2026-03-01T10:00:00Z", "20260301"),
    *("[]", "[1", '["web", 10]', '{"city": "web"}', '{"city": ["app"]}', "ü", "line\nbreak"),
    *([], {}, [""], [None, "web"], [10, 7.5, "10"], [["web"]], ["a b", 'say "hi"', "ü"], [{"city": "web"}]),
    *({"city": "web"}, {"city": 10}, {"city": None}, {"city": {"zone": "app"}}),
)
"""Metadata values of every kind, and texts that look like them."""

_values = st.sampled_from(VALUES)
_metadata = st.fixed_dictionaries(
    {},
    optional={
        "channel": _values,
        "score": _values,
        "gift note": _values,
        "due": _values,
        "shop": st.fixed_dictionaries({}, optional={"city": _values}) | _values,
        "shop.city": _values,
        "Ünï": _values,
    },
)
_items = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "product_id": st.sampled_from(IDS),
            "sku_id": st.sampled_from(IDS),
            "quantity": st.integers(0, 3),
            "amount": st.sampled_from((100, 1000)),
            "product": st.fixed_dictionaries({}, optional={"name": st.sampled_from(TEXTS)}),
            "sku": st.fixed_dictionaries({}, optional={"sku": st.sampled_from(TEXTS)}),
        },
    ),
    max_size=3,
)
_redemptions = st.dictionaries(
    st.sampled_from(("r_1", "r_2")),
    st.fixed_dictionaries(
        {"related_object_type": st.sampled_from(("voucher", "promotion_tier", "redemption"))},
        optional={"related_object_id": st.sampled_from((*IDS, "web"))},
    ),
    max_size=2,
)


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Order documents as the API sends them; some times are finer than milliseconds."""
    amounts = st.sampled_from(MINOR)
    return st.fixed_dictionaries(
        {
            "id": st.sampled_from(IDS),
            "source_id": st.none() | st.sampled_from(IDS),
            "created_at": _times,
            "updated_at": st.none() | _times,
            "customer_id": st.none() | st.sampled_from(IDS),
            "referrer_id": st.none() | st.sampled_from(IDS),
        },
        optional={
            "status": st.sampled_from(KNOWN_STATUSES).map(str.upper),
            "amount": amounts,
            "total_amount": amounts,
            "initial_amount": amounts,
            "discount_amount": amounts,
            "items_discount_amount": amounts,
            "total_discount_amount": amounts,
            "items": _items,
            "metadata": _metadata,
            "redemptions": _redemptions,
        },
    )
