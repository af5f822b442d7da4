"""The masks of a session."""

from __future__ import annotations

import json
import shlex
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.privacy import Masks
from tui.orders.privacy.masker import BLANKS, looks_masked
from tui.terminal.cells import cell_width
from tui.terminal.visible import visible, written_out

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=24).filter(
    lambda text: (
        any(sign.isalnum() for sign in text)
        and not text.strip(BLANKS).isdigit()
        and len(text.strip(BLANKS)) > 3
    )
)


def masks(**given: Any) -> Masks:
    """Masks that are on, with a key of their own."""
    made = Masks(key=b"key", shown=written_out, cells=cell_width, **given)
    made.put_on()
    return made


def order(**metadata: Any) -> dict[str, Any]:
    """An order with metadata."""
    return {"id": "ord_1", "source_id": "WEB-1", "status": "PAID", "amount": 1250, "metadata": metadata}


@given(st.lists(NAMES, min_size=1, max_size=8), st.text(max_size=30), st.text(max_size=30))
def test_no_known_value_is_left_in_any_text(values: list[str], before: str, after: str) -> None:
    """Whatever is around it; what was masked stays as it is, and takes as many cells."""
    met = masks()
    met.learn(order(recipient=values))
    for value in values:
        text = f"{before}{value}{after}"
        shown = met.text(text)
        assert value.strip(BLANKS).lower() not in shown.lower()
        assert met.text(shown) == shown


@given(NAMES)
def test_a_mask_is_as_wide_as_what_it_masks(value: str) -> None:
    """On the screen nothing moves when masks are put on."""
    met = masks()
    met.learn(order(recipient=value))
    assert cell_width(written_out(met.text(value))) == cell_width(written_out(value))


@given(NAMES)
def test_the_same_customer_keeps_the_same_mask(value: str) -> None:
    """In the document, in a sentence, in JSON and after the masks were off for a while."""
    met = masks()
    document = met.document(order(recipient=value))
    mask = document["metadata"]["recipient"]
    assert mask in met.text(f"order of {value}")
    met.take_off()
    met.put_on()
    assert met.document(order(recipient=value)) == document


@given(NAMES)
def test_a_value_is_masked_in_json_text_too(value: str) -> None:
    """Escaped or not, the text of a request shows nothing of it."""
    met = masks()
    met.learn(order(recipient=value))
    for ascii_only in (True, False):
        told = met.text(json.dumps({"recipient": value, "n": 1}, ensure_ascii=ascii_only))
        assert json.dumps(value, ensure_ascii=ascii_only)[1:-1].strip(BLANKS).lower() not in told.lower()


def test_a_document_is_masked_where_values_stand_and_nowhere_else() -> None:
    """Status, amounts and ids stay; numbers become texts; yes, no and null stay; goods keep their names."""
    document = order(name="Ada", phone=48600700800, gift=True, city=None, channel="web")
    document["items"] = [{"product": {"name": "Bob's mug"}}]
    shown = masks().document(document)
    assert {key: shown[key] for key in ("id", "source_id", "status", "amount", "items")} == {
        key: document[key] for key in ("id", "source_id", "status", "amount", "items")
    }
    assert looks_masked(shown["metadata"]["phone"])
    assert shown["metadata"] | {"name": "", "phone": ""} == {
        "name": "",
        "phone": "",
        "gift": True,
        "city": None,
        "channel": "web",
    }


def test_free_text_speaks_of_its_own_person() -> None:
    """A part of the customer's name is masked where the order's own texts say it, and known from then on.

    Until then the words of a name are words: a Ms Green does not make every green thing personal.
    """
    met = masks()
    order_of_green = order(recipient="Vera Green", note="Vera rang, wants vera@example.com told")
    met.learn({"orders": [order_of_green, order(note="Green paper")], "total": 2})
    shown = met.document(order_of_green)["metadata"]["note"]
    assert "Vera" not in shown
    assert "example" not in shown
    assert met.text("ask Vera") != "ask Vera"
    assert met.document(order(note="Green paper"))["metadata"]["note"] == "Green paper"


def test_names_are_found_in_a_shells_quotes() -> None:
    """A copied command writes an apostrophe in its own way."""
    met = masks()
    met.learn(order(recipient="Ann O'Neil"))
    assert "Neil" not in met.text(shlex.quote(json.dumps({"recipient": "Ann O'Neil"})))


def test_a_key_that_is_personal_is_masked() -> None:
    """Metadata may have an address for a name."""
    assert "ada@example.com" not in json.dumps(masks().document(order(**{"ada@example.com": True})))


def test_what_holds_nothing_personal_is_not_copied() -> None:
    """Masking costs nothing where there is nothing to mask."""
    document = order(channel="web", tags=["a", "b"])
    assert masks().document(document) is document


def test_off_masks_do_nothing() -> None:
    """Not even remember."""
    met = Masks()
    document = order(recipient="Ada Lovelace")
    met.learn(document)
    assert met.document(document) is document
    assert met.text("Ada Lovelace") == "Ada Lovelace"
    assert met.covers("Ada Lovelace") == ()


def test_the_shield_goes_up_and_down_with_the_masks() -> None:
    """Whatever is made visible passes the masks while they are on, before it is cut."""
    from tui.terminal.visible import set_redactor

    met = Masks(key=b"key", shown=written_out, cells=cell_width, shield=set_redactor)
    try:
        met.put_on()
        met.learn(order(recipient="Ada Lovelace"))
        assert "Ada" not in visible("for Ada Lovelace")
        assert "Ada" not in visible("for Ada Lovelace", limit=9)
        assert met.take_off()
        assert visible("for Ada Lovelace") == "for Ada Lovelace"
    finally:
        set_redactor(None)


def test_masks_of_a_profile_that_is_always_masked_stay_on() -> None:
    """They refuse to come off."""
    met = masks(always=True)
    assert not met.take_off()
    assert met.on


def test_another_profile_chooses_anew_and_masks_stay_the_same() -> None:
    """Its ids become personal, the former profile's values are forgotten, equal values look equal."""
    met = masks()
    before = met.document(order(recipient="Ada Lovelace"))
    met.follow(SimpleNamespace(always=True, ids=True, metadata=("channel",)))
    assert met.text("Ada Lovelace") == "Ada Lovelace"
    after = met.document(order(recipient="Ada Lovelace", channel="by phone"))
    assert after["metadata"]["recipient"] == before["metadata"]["recipient"]
    assert looks_masked(after["source_id"])
    assert looks_masked(after["metadata"]["channel"])


def test_one_field_by_its_name() -> None:
    """As a cell of a CSV is masked."""
    met = masks()
    assert looks_masked(met.field("metadata.email", "ada@example.com"))
    assert met.field("status", "PAID") == "PAID"
    assert met.is_personal("metadata.email")
    assert not met.is_personal("customer")


@pytest.mark.parametrize("value", ["*", "**", "*bcd", "#"])
def test_a_mask_is_never_the_value(value: str) -> None:
    """Not even of what looks like one."""
    shown = masks().document(order(recipient=value))["metadata"]["recipient"]
    assert shown != value


def test_the_oldest_values_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the account."""
    from tui.orders.privacy import known_values

    monkeypatch.setattr(known_values, "MOST", 100)
    met = known_values.KnownValues()
    for number in range(250):
        met.add(f"person {number}")
    assert len(met) <= 100
    assert "person 249" in met
    assert "person 0" not in met


def test_the_code_of_a_country_is_masked_where_it_stands_only() -> None:
    """An address in India masked every “in” of every sentence; what is no code is looked for all the same."""
    met = masks()
    bought = order() | {"customer": {"address": {"country": "IN", "state": "Karnataka", "city": "Hosur"}}}
    met.learn(bought)
    assert met.text("1 call is in orders.har; it went to Hosur in Karnataka").startswith(
        "1 call is in orders.har;"
    )
    assert "Karnataka" not in met.text("went to Karnataka")
    assert "Hosur" not in met.text("went to Hosur")
    assert met.document(bought)["customer"]["address"]["country"] not in ("IN", "in")
