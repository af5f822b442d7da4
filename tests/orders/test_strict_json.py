"""The JSON that a user may give, and where it breaks."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.orders.json_rules import JsonError, number_fault, read_number
from tui.orders.strict_json import read_json

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_what_can_be_sent_is_read_exactly(value: Any, indent: int | None, ascii_only: bool) -> None:
    """A value written in any style comes back equal and of the same types."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert repr(read_json(text)) == repr(value)
    assert repr(read_json(b"\xef\xbb\xbf" + text.encode())) == repr(value)


@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        ('{"a":1,"a":2}', 'the key "a" occurs twice', 1, 8),
        ('{"a":{"b":1,\n  "\\u0062":2}}', 'the key "b" occurs twice', 2, 3),
        ("[1e999]", "larger than any number", 1, 2),
        ("-1E400", "larger than any number", 1, 1),
        ("9" * 500, "has 500 characters", 1, 1),
        ("9" * 350, "larger than any number", 1, 1),
        ("[1,\n12345678901234567890]", "more digits", 2, 1),
        ("9007199254740993", "more digits", 1, 1),
        ("0.12345678901234567", "more digits", 1, 1),
        ("1e-400", "too close to zero", 1, 1),
        ("1e-99999999999999999999", "too close to zero", 1, 1),
        ("[NaN]", "NaN is not a JSON value", 1, 2),
        ("[-Infinity]", "-Infinity is not a JSON value", 1, 2),
        ('{"a":"\\u0000"}', "NUL", 1, 6),
        ('{"\\ud800":1}', "half a character", 1, 2),
        ('"\ud800"', "half a character", 1, 1),
        ("[" * 33 + "]" * 33, "more than 32 levels", 1, 33),
        ("[" * 100_000, "more than 32 levels", 1, 33),
        ('{"a":1,}', "a key in double quotes is missing", 1, 8),
        ("[1,]", "a value is missing", 1, 4),
        ("[1 2]", "a comma or ] is missing", 1, 4),
        ('{"a" 1}', "a colon", 1, 6),
        ('{"a":1 "b":2}', "a comma or } is missing", 1, 8),
        ("{'a':1}", "a key in double quotes", 1, 2),
        ("", "a value is missing", 1, 1),
        ("\n\n tru", "this is not a JSON value", 3, 2),
        ('"abc', "a closing quote is missing", 1, 1),
        ('"a\tb"', "U+0009", 1, 3),
        ('"\0"', "U+0000", 1, 2),
        ('"\\x41"', "no such escape", 1, 2),
        ("01", "this is not a JSON value", 1, 1),
        ("+1", "this is not a JSON value", 1, 1),
        ("٣", "this is not a JSON value", 1, 1),
        ("1 2", "something follows the end", 1, 3),
        ("[\ufeff1]", "this is not a JSON value", 1, 2),
        ("\xa01", "a value is missing", 1, 1),
        (b'{"a":\n"\xff"}', "not UTF-8", 2, 2),
        ('{"a":1}'.encode("utf-16"), "not UTF-8", 1, 1),
    ],
)
def test_a_refusal_names_the_reason_and_the_place(
    text: str | bytes, said: str, line: int, column: int
) -> None:
    """Lines and columns count characters from 1."""
    with pytest.raises(JsonError) as refused:
        read_json(text)
    assert said in refused.value.message
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "1e999", "[NaN]", "12345678901234567890", '"\\ud800"', "[" * 40 + "]" * 40]
)
def test_what_other_programs_read_is_told_from_what_is_no_json(text: str) -> None:
    """Such a text was meant as JSON, so nobody may take it for a word."""
    with pytest.raises(JsonError) as refused:
        read_json(text)
    assert refused.value.is_well_formed
    assert "is not JSON that can be sent" in refused.value.reason


@pytest.mark.parametrize("text", ["NaN", "Infinity", "hello", "{oops", "12 apples", "'a'"])
def test_words_are_no_json(text: str) -> None:
    """A word stays a word where words are allowed, whatever some programs read it as."""
    with pytest.raises(JsonError) as refused:
        read_json(text)
    assert not refused.value.is_well_formed


@settings(max_examples=500)
@given(
    st.text(
        st.sampled_from(list('{}[]",:\\/ \n\ttruefalsn0123456789.eE+-auDd8NIy\0\ufeff\ud83d\ude00٣')),
        max_size=24,
    )
    | st.binary(max_size=12)
)
def test_any_text_is_read_as_every_reader_does_or_refused(text: str | bytes) -> None:
    """What is accepted, Python's own reader reads alike; and the message can always be shown."""
    try:
        value = read_json(text)
        reason = ""
    except JsonError as error:
        value, reason = None, error.reason
    assert reason.isprintable()
    if reason:
        return
    plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    assert repr(value) == repr(json.loads(plain))
    assert "Infinity" not in json.dumps(value)


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_a_number_is_exact_or_refused(text: str) -> None:
    """A number that is read means what an exact reader makes of its text."""
    try:
        number = read_number(text)
    except ValueError:
        return
    assert Decimal(repr(number)) == Decimal(text)
    assert math.isfinite(number)
    assert number_fault(number) is None
