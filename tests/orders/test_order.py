"""Orders as they came: tolerant, complete, absent apart from null."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.orders.order import Order

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*Order.model_fields, "unheard_of"])


def test_absent_is_told_from_null() -> None:
    """A field that was not sent is not the same as one that was sent as null."""
    order = Order.read({"id": "ord_1", "source_id": None})
    assert order.has("source_id")
    assert not order.has("metadata")


def test_unknown_fields_and_statuses_stay() -> None:
    """A newer API loses nothing in an older Ordex."""
    order = Order.read({"id": "ord_1", "status": "PROCESSING", "loyalty": {"points": 3}})
    assert order.status == "PROCESSING"
    assert order.model_extra == {"loyalty": {"points": 3}}


def test_a_value_of_the_wrong_type_costs_only_its_own_field() -> None:
    """The rest of the order is typed, the fault is named with its place, the document is untouched."""
    document = {
        "id": "ord_1",
        "amount": "twelve",
        "items": [{"object": "order_item", "quantity": "two", "price": 5}, 7],
        "total_amount": 900,
    }
    order = Order.read(document)
    assert (order.id, order.amount, order.total_amount) == ("ord_1", None, 900)
    assert (order.items[0].quantity, order.items[0].price) == (None, 5)
    assert [problem.split(":")[0] for problem in order.problems] == [
        "amount",
        "items[0].quantity",
        "items[1]",
    ]
    assert order.raw is document


@given(st.dictionaries(FIELDS, JSON_VALUES))
def test_no_document_is_refused(document: dict[str, object]) -> None:
    """Whatever JSON object comes, an order is made of it and its document is kept."""
    assert Order.read(document).raw == document


def test_a_lone_surrogate_is_kept() -> None:
    """JSON may carry half a character; it must not cost the order."""
    document = json.loads('{"id": "ord_1", "source_id": "a\\ud800b"}')
    assert Order.read(document).source_id == "a\ud800b"
