from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings

from tests.support.filter_orders import some_documents
from tests.support.filter_reference import reference
from tests.support.filter_strategies import documents, nodes
from tests.support.filter_trees import some_trees
from tui.orders.filter import Filter, parse
from tui.orders.filter.compiled import known_field, predicate
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.filter.syntax.nodes import And, FieldComparison, Node, Not, Or, TextOperand, TextSearch
from tui.orders.order import Order

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTING = EvaluationContext(NOW, 2)
CROWD = [(Order.read(document), document) for document in some_documents(60, seed=11)]

ORDER: dict[str, Any] = {
    "id": "ord_1",
    "source_id": "Web-17",
    "created_at": "2026-11-20T10:00:00.000Z",
    "updated_at": None,
    "status": "PAID",
    "amount": 12550,
    "total_amount": 12050,
    "total_discount_amount": 500,
    "discount_amount": 0,
    "items": [
        {"product_id": "prod_1", "quantity": 2, "amount": 12550, "product": {"name": "Red Shoes"}},
        {"sku_id": "sku_9", "source_id": "SKU-9", "related_object": "sku", "sku": {"sku": "Blue XL"}},
    ],
    "metadata": {
        "channel": "web",
        "tags": ["vip", 7],
        "score": 4.5,
        "gift note": "For Ann",
        "paid": True,
        "shop": {"city": "Łódź"},
        "a.b": "flat",
        "due": "2026-12-01",
        "empty": None,
    },
    "customer_id": "cust_1",
    "referrer_id": None,
    "redemptions": {
        "r_1": {"related_object_type": "voucher", "related_object_id": "v_1", "rollback_id": "rr_1"}
    },
}


def matches(text: str, document: dict[str, Any] = ORDER) -> bool:
    """Whether the filter matches the document."""
    return parse(text, now=NOW).matches(Order.read(document))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "status:paid",
        "state=PAID,canceled",
        "amount>=125.50",
        "amount:100..200",
        "amount:1, 125.50",
        "total<125",
        "items:2 units:2",
        "has:discount -has:order_discount",
        "created:2026-11-20",
        "created:2026-11",
        "created:this-month",
        "created>=-7d created<-2d",
        "created>2026-11-19 created<=2026-11-20",
        "created>=2026-11-20T12:00+02:00",
        "-has:updated",
        "-updated<now",
        "customer:cust_1",
        "source_id^=Web- source_id$=17 source_id~WEB",
        "source_id!=web-17",
        'product:"Red Shoes"',
        "product~shoe item~xl sku:SKU-9",
        "redemptions:1 redemption:rr_1 voucher:v_1",
        "metadata.channel:web,app",
        "meta.tags:vip meta.tags:7",
        "metadata.score>4 metadata.score:4.50 metadata.score:4..5",
        "metadata.paid:true",
        'metadata."gift note"~ann',
        "metadata.shop.city:Łódź metadata.a.b:flat",
        "metadata.due>2026-11 metadata.due<2027-01",
        "-has:metadata.empty -has:metadata.absent has:metadata",
        '"red shoes" ŁÓDŹ 4.5',
        "nothing or cust_1",
        "not (status:canceled or items>10)",
        "status:canceled or (amount>100 -has:problems)",
    ],
)
def test_a_sample_order_is_matched(text: str) -> None:
    """Each rule of the language finds the sample order."""
    assert matches(text)


@pytest.mark.parametrize(
    "text",
    [
        "-status:paid",
        "amount>125.50",
        "created>2026-11-20",
        "created<2026-11-20",
        "updated<now",
        "customer:CUST_1",
        "source_id:web-17",
        "has:order_discount",
        "has:referrer",
        "metadata.tags:VIP",
        "metadata.channel>3",
        "metadata.shop:city",
        "items>2",
        "purple",
        "has:problems",
        "status:paid items>10",
    ],
)
def test_a_sample_order_is_left_out(text: str) -> None:
    """Each rule of the language has its limits."""
    assert not matches(text)


def test_a_missing_value_matches_only_negations() -> None:
    """An order without a value is in no comparison, and in the negation of each."""
    bare = {"id": "ord_1"}
    for text in (
        "status:paid",
        "amount>0",
        "amount<=0",
        "created<now",
        "customer~c",
        "metadata.x:1",
        "items:0",
    ):
        assert not matches(text, bare)
        assert matches(f"-{text}", bare)


def test_odd_values_are_no_match_and_no_error() -> None:
    """Values of types that the API does not send are left out of comparisons instead of raising."""
    odd = {
        "id": "o",
        "created_at": "0001-01-01T00:00:00+14:00",
        "metadata": {"x": float("nan"), "y": {"z": [[1]]}},
    }
    for text in ("created<now", "metadata.x>1", "metadata.x:nan2", "metadata.y>1", "metadata.y.z.q:1"):
        assert not matches(text, odd)


def test_problems_and_mismatches_can_be_asked_for() -> None:
    """Documents with odd values, and sums that do not hold, are found."""
    odd = {"id": "o", "amount": "many", "items": [{"amount": 100}, {"amount": 200}]}
    assert matches("has:problems problems~amount", odd)
    assert matches("has:mismatch mismatch~items", {**odd, "amount": 100})


def test_an_unknown_field_in_a_handmade_tree_is_an_error() -> None:
    """A tree with a field that does not exist cannot be compiled."""
    with pytest.raises(KeyError):
        known_field("nonsense")
    with pytest.raises(KeyError):
        predicate(FieldComparison("nonsense", ":", (TextOperand("x"),)), SETTING)


@settings(max_examples=400, deadline=None)
@given(nodes, documents())
@example(TextSearch("L"), {"id": "ord_1", "created_at": "2025-12-31T00:00:00.000Z", "status": "CANCELED"})
def test_it_agrees_with_the_plain_evaluator(node: Node, document: dict[str, Any]) -> None:
    """Compiled and plain evaluation agree on every order."""
    assert Filter(node, SETTING).matches(Order.read(document)) == reference(node, document, NOW)


def test_it_agrees_with_the_plain_evaluator_on_a_crowd() -> None:
    """The same for 500 filters on sixty orders each."""
    for node in some_trees(500, seed=5):
        matches_order = Filter(node, SETTING).matches
        found = [matches_order(order) for order, _ in CROWD]
        assert found == [reference(node, document, NOW) for _, document in CROWD], str(node)


@settings(max_examples=100, deadline=None)
@given(nodes, nodes, documents())
def test_de_morgan_holds(one: Node, other: Node, document: dict[str, Any]) -> None:
    """Negation is complement: not both is one not, not either is both not."""
    order = Order.read(document)

    def holds(node: Node) -> bool:
        return predicate(node, SETTING)(order)

    assert holds(Not(And((one, other)))) == holds(Or((Not(one), Not(other))))
    assert holds(Not(Or((one, other)))) == holds(And((Not(one), Not(other))))
    assert holds(Not(Not(one))) == holds(one)
