"""Where personal values stand in documents."""

from __future__ import annotations

from typing import Any

import pytest

from tui.orders.privacy.document_masking import personal_values
from tui.orders.privacy.personal_fields import PersonalFields

ORDER: dict[str, Any] = {
    "id": "ord_1",
    "source_id": "WEB-1",
    "customer_id": "cust_1",
    "customer": {
        "id": "cust_1",
        "source_id": "crm-7",
        "name": "Ada",
        "description": "calls on Mondays",
        "address": {"line_1": "1 High Street", "state": "Kent"},
        "metadata": {"tier": "gold", "name": "Countess"},
    },
    "metadata": {
        "name": "Bob",
        "delivery": {"city": "Ely", "hours": [9, 17]},
        "channel": "web",
        "phone": 441,
        "contact": {"email": None},
    },
    "items": [{"product": {"name": "Mug"}, "metadata": {"name": "engraved", "recipient": "Cid"}}],
}


def _values(places: PersonalFields, document: Any = ORDER) -> dict[str, str]:
    return {value: kind for kind, value in personal_values(document, places)}


def test_persons_and_what_is_named_personal_anywhere() -> None:
    """Customers with all that is kept about them, and fields of such names; goods keep their names."""
    assert _values(PersonalFields()) == {
        "Ada": "name",
        "calls on Mondays": "value",
        "1 High Street": "value",
        "Kent": "code",
        "gold": "kept",
        "Countess": "name",
        "Bob": "name",
        "Ely": "value",
        "441": "value",
        "Cid": "name",
    }


def test_ids_where_that_was_chosen() -> None:
    """Ids and source_ids of persons and source_ids of orders; never the id of an order."""
    chosen = _values(PersonalFields(ids=True))
    assert {"cust_1", "crm-7", "WEB-1"} <= chosen.keys()
    assert "ord_1" not in chosen


def test_chosen_keys_of_metadata() -> None:
    """A key is personal wherever metadata holds it, with all that is below it."""
    chosen = _values(PersonalFields(metadata=["channel", "hours"]))
    assert {"web", "9", "17"} <= chosen.keys()


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"metadata.email": "a@b.example"}, "a@b.example"),
        ({"customer.address.city": "Ely"}, "Ely"),
        ({"customer.name": "Ada"}, "Ada"),
        ({"metadata.name": "Ada"}, "Ada"),
    ],
)
def test_the_header_of_a_csv_is_a_path(row: dict[str, str], value: str) -> None:
    """A dotted key stands for the fields on the way."""
    assert value in _values(PersonalFields(), row)


def test_a_row_of_goods_is_not_personal() -> None:
    """``items.product.name`` is the name of a thing."""
    assert _values(PersonalFields(), {"product.name": "Mug", "items": '[{"product": {"name": "Mug"}}]'}) == {}


def test_a_list_answer_and_a_journal_entry_are_walked_too() -> None:
    """Orders are found wherever they are embedded."""
    assert "Ada" in _values(PersonalFields(), {"orders": [ORDER]})
    assert "Ada" in _values(PersonalFields(), {"body": {"customer": {"name": "Ada"}}, "answer": None})
