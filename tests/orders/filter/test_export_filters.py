from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.export_filter_reference import READINGS, Reading, export_matches
from tests.support.filter_orders import some_documents
from tests.support.filter_strategies import documents, nodes
from tests.support.filter_trees import some_trees
from tui.orders.filter import Filter, UnexportedPart, parse, to_export_filters
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.filter.syntax.nodes import Node
from tui.orders.order import Order

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTING = EvaluationContext(NOW, 2)
CROWD = [
    (Order.read(document), document)
    for document in ({"status": "CREATED"} | document for document in some_documents(60, seed=7))
]
METADATA = "how exports compare metadata is not documented"


def compiled(text: str) -> tuple[dict[str, Any] | None, tuple[UnexportedPart, ...]]:
    """What is sent of a filter, and what is left."""
    found = to_export_filters(parse(text, now=NOW))
    return found.filters, found.left


def conditions(**fields: dict[str, list[Any]]) -> dict[str, Any]:
    """Export filters of these fields, all of which must hold."""
    return {"junction": "and", **{name: {"conditions": found} for name, found in fields.items()}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("status:paid", conditions(status={"$is": ["PAID"]})),
        ("status:paid,canceled", conditions(status={"$in": ["PAID", "CANCELED"]})),
        ("-status:canceled", conditions(status={"$is_not": ["CANCELED"]})),
        ("amount>=100", conditions(amount={"$more_than_equal": [10000]})),
        ("amount>100", conditions(amount={"$more_than": [10000]})),
        ("amount:1..2", conditions(amount={"$more_than_equal": [100], "$less_than_equal": [200]})),
        ("total:5", conditions(total_amount={"$is": [500]})),
        ("discount:5, 6", conditions(total_discount_amount={"$in": [500, 600]})),
        ("id!=a,b", conditions(id={"$not_in": ["a", "b"]})),
        ("created>=2026-01-01", conditions(created_at={"$after": ["2025-12-31T23:59:59.999Z"]})),
        ("created>2026-01-01", conditions(created_at={"$after": ["2026-01-01T23:59:59.999Z"]})),
        ("updated<-7d", conditions(updated_at={"$before": ["2026-11-16T12:00:00.000Z"]})),
        (
            "created:2026-03",
            conditions(
                created_at={"$after": ["2026-02-28T23:59:59.999Z"], "$before": ["2026-04-01T00:00:00.000Z"]}
            ),
        ),
        ("source_id^=-1,#2", conditions(source_id={"$starts_with": ["-1", "#2"]})),
        ("source_id$=-1", conditions(source_id={"$ends_with": ["-1"]})),
        ("source_id~-17", conditions(source_id={"$contains": ["-17"]})),
        ("has:status", conditions(status={"$has_value": [True]})),
        (
            "status:paid or status:canceled",
            {"junction": "or", "status": {"conditions": {"$in": ["PAID", "CANCELED"]}}},
        ),
        (
            "status:paid or amount:1..2",
            {
                "junction": "or",
                "status": {"conditions": {"$is": ["PAID"]}},
                "amount": {"conditions": {"$more_than_equal": [100], "$less_than_equal": [200]}},
            },
        ),
        ("-(status:paid or id:x)", conditions(status={"$is_not": ["PAID"]}, id={"$is_not": ["x"]})),
        ("amount>1 amount>2", conditions(amount={"$more_than": [200]})),
        (
            "(status:paid or status:canceled) id:x",
            conditions(status={"$in": ["PAID", "CANCELED"]}, id={"$is": ["x"]}),
        ),
    ],
)
def test_what_the_server_can_do_is_sent_whole(text: str, expected: dict[str, Any] | None) -> None:
    """These filters compile exactly and leave nothing to check."""
    assert compiled(text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "left", "reason"),
    [
        ("items>10", "items>10", "exports cannot be filtered by items"),
        ('"red shoes"', '"red shoes"', "exports have no search over several fields"),
        ("customer~abc", "customer~abc", "exports are case-sensitive, ~ is not"),
        ("-amount>10", "-amount>10", "an export may exclude orders without amount"),
        ("-amount:1", "-amount:1", "an export may exclude orders without amount"),
        ("-source_id^=A", "-source_id^=A", "an export may exclude orders without source_id"),
        ("-customer:c", "-customer:c", "an export may exclude orders without customer"),
        ("-id^=A", "-id^=A", "an export cannot exclude a text in id"),
        ("-has:customer", "-has:customer", "an export cannot ask whether customer is missing or empty"),
        ("-has:discount", "-has:discount", "an export cannot ask whether discount is missing or zero"),
        ("-has:updated", "-has:updated", "an export cannot ask whether updated is missing or empty"),
        ("metadata.score>4", "metadata.score>4", METADATA),
        ("metadata.n:10", "metadata.n:10", METADATA),
        ("metadata.n:true", "metadata.n:true", METADATA),
        ("metadata.n:2026-03-01", "metadata.n:2026-03-01", METADATA),
        ("metadata.n~web", "metadata.n~web", METADATA),
        ("metadata.n^=tr", "metadata.n^=tr", METADATA),
        ("metadata.n:ü", "metadata.n:ü", METADATA),
        ("has:metadata.n", "has:metadata.n", METADATA),
        ("-metadata.n:a", "-metadata.n:a", "an export may exclude orders without metadata.n"),
        ("metadata.a.b:x", "metadata.a.b:x", "exports cannot be filtered by metadata.a.b"),
        ("status:paid or items>10", "status:paid or items>10", "exports cannot be filtered by items"),
        (
            "amount<1 or amount>2",
            "amount<1 or amount>2",
            "an export cannot combine such alternatives on amount",
        ),
    ],
)
def test_what_the_server_cannot_do_is_left_with_the_reason(text: str, left: str, reason: str) -> None:
    """Nothing is sent for these, and the text and the reason say why."""
    assert compiled(text) == (None, (UnexportedPart(left, reason),))


@pytest.mark.parametrize(
    ("text", "sent", "left"),
    [
        ("status:paid items>10", {"status"}, "items>10"),
        ("(status:paid amount>10) or id:x", {"status", "id"}, "status:paid amount>10 or id:x"),
        ("amount:10..20, 30..40", {"amount"}, "amount:10..20, 30..40"),
        ("source_id^=-1 source_id^=-2", {"source_id"}, "source_id^=-2"),
        ("source_id^=A", {"source_id"}, "source_id^=A"),
        ("has:customer", {"customer_id"}, "has:customer"),
        ("has:discount", {"total_discount_amount"}, "has:discount"),
        ("has:updated", {"updated_at"}, "has:updated"),
        ('metadata."gift note":yes', {"metadata.gift note"}, 'metadata."gift note":yes'),
        ("metadata.tags:a or metadata.tags:b", {"metadata.tags"}, "metadata.tags:a or metadata.tags:b"),
        ("status:paid status:canceled", {"status"}, "status:canceled"),
        ("id:x (status:paid or amount>1)", {"id"}, "status:paid or amount>1"),
    ],
)
def test_a_part_is_sent_and_the_rest_is_left(text: str, sent: set[str], left: str) -> None:
    """The server narrows what the remainder decides."""
    found = to_export_filters(parse(text, now=NOW))
    assert not found.exact
    assert found.filters is not None
    assert found.filters.keys() - {"junction"} == sent
    assert [part.text for part in found.left] == [left]
    assert str(found.remainder.ast) == left


def test_two_conditions_on_one_key_of_metadata_are_not_intersected() -> None:
    """The value may be a list, in which one element meets one condition and another the other."""
    found = to_export_filters(parse("metadata.tags:a,b metadata.tags:b,c", now=NOW))
    assert found.filters == {"junction": "and", "metadata.tags": {"conditions": {"$contains": ["a", "b"]}}}
    assert [part.text for part in found.left] == ["metadata.tags:a,b", "metadata.tags:b,c"]


@settings(max_examples=300, deadline=None)
@given(nodes, documents(), st.sampled_from(READINGS))
def test_no_wanted_order_is_lost_by_the_server(
    node: Node, document: dict[str, Any], reading: Reading
) -> None:
    """What is sent lets every wanted order through, times finer than milliseconds included."""
    # Every order has a status (docs/voucherify-api.md#order-responses).
    document = {"status": "CREATED"} | document
    whole = Filter(node, SETTING)
    wanted = whole.matches(Order.read(document))
    assert export_matches(to_export_filters(whole).filters, document, reading) or not wanted


@pytest.mark.parametrize("reading", READINGS)
def test_sent_part_and_remainder_are_the_whole_filter(reading: Reading) -> None:
    """Over 500 filters on sixty orders, the server's part and the remainder together are the filter.

    Without a remainder the server's part is the filter; else each part left says why.
    """
    exact = 0
    for node in some_trees(500, seed=3):
        whole = Filter(node, SETTING)
        target = to_export_filters(whole)
        wanted = [whole.matches(order) for order, _ in CROWD]
        sent = [export_matches(target.filters, document, reading) for _, document in CROWD]
        kept = [target.remainder.matches(order) for order, _ in CROWD]
        assert [by_server and here for by_server, here in zip(sent, kept, strict=True)] == wanted, str(node)
        assert sent == wanted if target.exact else all(part.text and part.reason for part in target.left)
        exact += target.exact
    assert exact > 40


def test_the_generated_orders_tell_filters_apart() -> None:
    """The crowd is no straw man: plain filters match some of it and not all."""
    for text in (
        "status:paid",
        "amount>=10",
        "created>=2026-01-31",
        "customer:cust_1",
        "metadata.channel:web,app",
    ):
        assert 0 < sum(parse(text, now=NOW).matches(order) for order, _ in CROWD) < len(CROWD)
