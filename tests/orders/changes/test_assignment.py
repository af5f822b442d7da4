"""``path=value`` on a command line."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.order_documents import Document
from tui.orders.changes import assign, check_sequence, kind_of, parse_assignment
from tui.orders.paths import PathError, format_path, parse_path

ORDER: Document = {
    "source_id": "web-1",
    "amount": 105,
    "items": [{"product_id": "p", "quantity": 1}, {"product_id": "q"}],
    "metadata": {"a": 1, "list": [1, 2]},
    "customer": {"id": "cust_1", "address": None},
}


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("source_id=123", "source_id", "123"),
        ("source_id=null", "source_id", None),
        ('source_id="null"', "source_id", "null"),
        ("source_id=true", "source_id", "true"),
        ("source_id=a=b", "source_id", "a=b"),
        ("status=PAID", "status", "PAID"),
        ("amount=12550", "amount", 12550),
        ("items[0].quantity=2", "items[0].quantity", 2),
        ("items[2].sku_id=7", "items[2].sku_id", "7"),
        ('items[0].product={"price": 9.5}', "items[0].product.price", 9.5),
        ("items[0].product.price=9.5", "items[0].product.price", 9.5),
        ("items[0].product.override=true", "items[0].product.override", True),
        ("items[0].metadata.gift=true", "items[0].metadata.gift", True),
        ("metadata.x=5", "metadata.x", 5),
        ('metadata.x="5"', "metadata.x", "5"),
        ("metadata.x=hello world", "metadata.x", "hello world"),
        ("metadata.x=", "metadata.x", ""),
        ("metadata.x=NaN", "metadata.x", "NaN"),
        ('metadata.tags=["a"]', "metadata.tags", ["a"]),
        ("metadata.list[2]=3", "metadata.list", [1, 2, 3]),
        ('metadata["a.b"]=1', 'metadata["a.b"]', 1),
        ('metadata["x-"]=1', 'metadata["x-"]', 1),
        ("customer.address.city=Łódź", "customer.address", {"city": "Łódź"}),
        ("referrer.birthdate=1990-01-31", "referrer.birthdate", "1990-01-31"),
        ("items=[]", "items", []),
    ],
)
def test_a_value_is_read_by_its_place(text: str, place: str, value: Any) -> None:
    """Text fields stay text, other fields and metadata are JSON; what is missing on the way is made."""
    found: Any = assign(ORDER, text)
    for part in parse_path(place):
        found = found[part]
    assert found == value
    assert type(found) is type(value)


def test_the_given_document_is_not_written_to() -> None:
    """A refused or accepted assignment leaves the order as it was."""
    before = repr(ORDER)
    assign(ORDER, "items[0].quantity=9")
    assign(ORDER, "metadata.list[0]-=")
    assert repr(ORDER) == before


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("items[0]-=", "items", [{"product_id": "q"}]),
        ("metadata.a-=", "metadata", {"list": [1, 2]}),
        ("metadata.list[1]-=", "metadata.list", [1]),
        ("items[0].quantity-=", "items[0]", {"product_id": "p"}),
    ],
)
def test_a_place_is_taken_out(text: str, place: str, left: Any) -> None:
    """``path-=`` removes a field, a key or an item."""
    found: Any = assign(ORDER, text)
    for part in parse_path(place):
        found = found[part]
    assert found == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("status", "sets nothing; write it like status=PAID"),
        ("=5", "a field's name was expected"),
        ("-=", "removes nothing"),
        ("status-=PAID", "nothing may follow"),
        ("amount=12.50", "so 12.50 is written 1250; “12.50” is not"),
        ("amount=abc", "amount must be a whole number"),
        ("amount=true", "amount must be a whole number"),
        ("amount=1e400", "amount is not JSON that can be sent: the number is larger"),
        ('metadata={"a":1,"a":2}', 'the key "a" occurs twice'),
        ('metadata.x={"a":1,"a":2}', 'the key "a" occurs twice'),
        ("metadata.x=[NaN]", "NaN is not a JSON value"),
        ("metadata.x=12345678901234567890", "more digits than the API can hold"),
        ('source_id="a\\ud800"', "half a character"),
        ("items[0].product.price=x", "must be a number in minor units"),
        ("items[0].product.override=1", "must be true or false"),
        ("items=5", "items must be a JSON list"),
        ("metadata=5", "metadata must be a JSON object"),
        ("items[4].quantity=1", "items has 2 entries; the next one is items[2]"),
        ("items.quantity=1", "name one entry by its place, as in items[0]"),
        ("amount[0]=1", "amount is not a list"),
        ("[0]=1", "the order is not a list"),
        ("status.x=1", "status holds one value, so it has no x"),
        ("metadata.a.b=1", "metadata.a is one value, so it has no b"),
        ("metadata.a[0]=1", "metadata.a is one value, so it has no [0]"),
        ("metadata.list.x=1", "metadata.list is a list, so it has no x"),
        ("statsu=PAID", "did you mean “status”?"),
        ("items[0].zzz=1", "items[0] has no field zzz; it has sku_id"),
        ("total_amount=1", "total_amount is set by the service and cannot be changed"),
        ("customer_id=c", "name the customer by customer.id"),
        ("metadata.none-=", "there is no metadata.none to remove"),
        ("items[7]-=", "there is no items[7] to remove"),
    ],
)
def test_a_wrong_assignment_says_what_to_do(text: str, said: str) -> None:
    """The message names the place, what is wrong and what would be right."""
    with pytest.raises(ValueError, match=re.escape(said)):
        assign(ORDER, text)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("status", "text"),
        ("items", "list"),
        ("items[3]", "object"),
        ("items[3].price", "whole"),
        ("items[3].sku.price", "number"),
        ("items[3].product.override", "flag"),
        ("customer.address", "object"),
        ("metadata", "object"),
        ("customer.metadata.any.thing[4]", "any"),
    ],
)
def test_kinds_follow_the_request_models(path: str, kind: str) -> None:
    """One source says what each field holds."""
    assert kind_of(parse_path(path)) == kind


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("items[0]-=", "items[1]-="), "items[1] could mean the entry before or after items[0] is taken out"),
        (("items[0]-=", "items[0]-="), "take entries out last, those at the end of the list first"),
        (("items[1]-=", "items[2].quantity=5"), "items[2].quantity could mean"),
        (("metadata.tags[0]-=", "metadata.tags[2]=x"), "metadata.tags[2] could mean"),
        (("metadata.a=1", "status=PAID", "metadata.a=2"), "metadata.a is given twice"),
        (("status-=", "status=PAID"), "status is given twice"),
        (("metadata.a=1", 'metadata={"b": 2}'), "metadata would replace metadata.a"),
        (("metadata.a.b=1", "metadata.a-="), "give metadata.a first"),
        (("items[0].quantity=2", "items=[]"), "items would replace items[0].quantity"),
    ],
)
def test_assignments_that_hide_each_other_are_refused(texts: tuple[str, ...], reason: str) -> None:
    """A position has one meaning, and no assignment is lost to a later one."""
    with pytest.raises(PathError, match=re.escape(reason)):
        check_sequence([parse_assignment(text) for text in texts])


@pytest.mark.parametrize(
    "texts",
    [
        ("items[1]-=", "items[0]-="),
        ("items[1].quantity=5", "items[0]-="),
        ("items[2]-=", "items[0].quantity=5"),
        ("items[0]-=", "metadata.tags[0]=a"),
        ("items[0].metadata.tags[1]-=", "items[1].metadata.tags[1]-="),
        ('metadata={"b": 2}', "metadata.a=1"),
        ("metadata.a=1", "metadata.a=1"),
        ("metadata.a=1", "metadata.ab=1"),
    ],
)
def test_assignments_with_one_meaning_go_together(texts: tuple[str, ...]) -> None:
    """Entries at the end go first, and a whole object before its fields."""
    check_sequence([parse_assignment(text) for text in texts])


@pytest.mark.parametrize("value", ['{"a":1', "[1,2", " [gift]", '{"a":1}}', "{a: 1}"])
def test_broken_json_in_metadata_is_no_text(value: str) -> None:
    """A brace that is missing is a slip; a text of that form is written in quotes."""
    with pytest.raises(ValueError, match="begins like JSON but is invalid; to send it as text"):
        assign(ORDER, f"metadata.note={value}")
    assert assign(ORDER, f"metadata.note={json.dumps(value)}")["metadata"]["note"] == value
    assert assign(ORDER, f"source_id={value}")["source_id"] == value


KEYS = st.lists(st.text(max_size=8) | st.integers(0, 99), min_size=1, max_size=4)


@given(KEYS, st.text(max_size=12))
def test_any_path_and_value_come_apart_again(keys: list[str | int], value: str) -> None:
    """Whatever keys and values hold, signs, dashes and quotes included."""
    text = f"{format_path(keys)}={value}"
    found = parse_assignment(text)
    assert (found.path, found.value, found.removes) == (tuple(keys), value, False)


@given(KEYS)
def test_any_removal_is_read_as_one(keys: list[str | int]) -> None:
    """The dash before the sign belongs to the sign."""
    found = parse_assignment(f"{format_path(keys)}-=")
    assert (found.path, found.removes) == (tuple(keys), True)


@given(st.text(max_size=30))
def test_any_text_is_an_assignment_or_a_clear_error(text: str) -> None:
    """No typed text fails in another way."""
    try:
        changed = assign(ORDER, text)
    except PathError:
        changed = ORDER
    except ValueError as refused:
        changed = {"said": str(refused)}
    assert changed
