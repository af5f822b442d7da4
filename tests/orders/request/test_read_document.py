"""Text to a document: JSON, or the place where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.request import InvalidFields, read_document


def test_an_object_is_read_as_it_is() -> None:
    """Whole numbers stay whole, null stays, a byte order mark is passed over."""
    assert read_document('\ufeff{"amount": 1, "source_id": null}') == {"amount": 1, "source_id": None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"amount": 1,\n "status" "PAID"}',
            "is not JSON: a colon after the key is missing (line 2, column 11)",
        ),
        ("", "is not JSON: a value is missing (column 1)"),
        ('{"a": 1, "a": 2}', 'the key "a" occurs twice'),
        ('{"metadata": {"x": NaN}}', "NaN is not a JSON value (column 20)"),
        ("[]", "must be one JSON object (it is [])"),
        ("[" * 100_000, "there are more than 32 levels"),
        ('{"amount": ' + "9" * 5000 + "}", "the number has 5,000 characters"),
    ],
)
def test_broken_text_says_where(text: str, said: str) -> None:
    """Line and column for what is not JSON; a reason for what is not one order."""
    with pytest.raises(InvalidFields) as refused:
        read_document(text)
    assert said in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_a_document_or_refused(text: str) -> None:
    """No text fails in another way."""
    try:
        document = read_document(text)
    except InvalidFields as refused:
        document = {"faults": refused.faults}
    assert isinstance(document, dict)
