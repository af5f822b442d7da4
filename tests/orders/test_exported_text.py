"""What metadata values mean, as JSON values and as cells of an exported file."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.exported_text import comparable_texts, exported_text, meaning_of, metadata_meaning, number_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), ("", ""), ("x", "x"), (True, "true"), (False, "false"), (5, "5"), (5.0, "5")),
        *((-0.0, "0"), (2.5, "2.5"), (1e5, "100000"), (1e16, "10000000000000000"), (1e21, "1e+21")),
        *((1e-6, "0.000001"), (1e-7, "1e-7"), (-1.5e-9, "-1.5e-9"), (2**70, str(2**70)), ([], "[]")),
        *((["a", 1], '["a",1]'), ({"a": None}, '{"a":null}'), ("a\ud800b", "a\ufffdb"), ("ü😀", "ü😀")),
    ],
)
def test_values_are_written_as_the_service_writes_them(value: Any, text: str) -> None:
    """Texts as they are, numbers as JavaScript writes them, everything else as JSON."""
    assert exported_text(value) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("5", Decimal(5)), ("5.0", Decimal(5)), ("2.50", Decimal("2.5")), ("-1", Decimal(-1))),
        *(("1e5", Decimal(100000)), ("1E+2", Decimal(100)), ("0.1", Decimal("0.1")), ("-0", Decimal(0))),
        *(("9007199254740993", Decimal(9007199254740993)), ("007", None), ("+5", None), (".5", None)),
        *(("5.", None), ("", None), (" 5", None), ("1,000", None), ("NaN", None), ("1e99999", None)),
        *(("٣", None), ("true", None), ("0x10", None)),
    ],
)
def test_a_number_is_what_json_writes_as_one(text: str, number: Decimal | None) -> None:
    """Compared exactly; other notations are texts, so 007 stays apart from 7."""
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("metadata", "key", "found"),
    [
        ({"a": 5}, "a", "5"),
        ({"a": [1, "x"]}, "a", [1, "x"]),
        ({"a": '[1, "x"]'}, "a", [1, "x"]),
        ({"a": "[1"}, "a", "[1"),
        ({"a": "[NaN]"}, "a", "[NaN]"),
        ({"a.b": 1, "a": {"b": 2}}, "a.b", "1"),
        ({"a.b": "", "a": {"b": 2}}, "a.b", "2"),
        ({"a": {"b": {"c": "x"}}}, "a.b.c", "x"),
        ({"a": '{"b": {"c": "x"}}'}, "a.b.c", "x"),
        ({"a": {"b": None}}, "a.b", None),
        ({"a": "text"}, "a.b", None),
        ({"a": None}, "a", None),
        (None, "a", None),
        ([1], "a", None),
    ],
)
def test_a_key_is_looked_for_before_the_path_of_its_name(metadata: Any, key: str, found: Any) -> None:
    """A value and its exported text are the same, nested or not; null and "" are no value."""
    assert metadata_meaning(metadata, key) == found


def test_a_list_is_compared_element_by_element() -> None:
    """Objects, nulls, empty texts and lists within it have nothing to compare."""
    assert comparable_texts(meaning_of(["a", None, 2.0, "", {"b": 3}, ["c"], True])) == ["a", "2", "true"]
    assert comparable_texts(meaning_of({"a": 1})) == []
    assert comparable_texts(meaning_of(False)) == ["false"]
    assert comparable_texts(None) == []


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(_json)
def test_the_exported_text_means_what_the_value_means(value: Any) -> None:
    """Whatever JSON value, its cell in a file is compared alike."""
    cell = exported_text(value)
    assert comparable_texts(meaning_of(cell)) == comparable_texts(meaning_of(value))
    assert (meaning_of(cell) is None) == (meaning_of(value) is None)


@given(st.dictionaries(st.sampled_from(("a", "b", "a.b")), _json, max_size=3))
def test_paths_lead_to_the_same_values_in_cells(metadata: dict[str, Any]) -> None:
    """Also through objects that are text in a file, however that JSON is spaced and escaped."""
    cells = {
        key: json.dumps(value, indent=1) if isinstance(value, list | dict) else exported_text(value)
        for key, value in metadata.items()
    }
    for key in ("a", "b", "a.b"):
        assert comparable_texts(metadata_meaning(cells, key)) == comparable_texts(
            metadata_meaning(metadata, key)
        )
