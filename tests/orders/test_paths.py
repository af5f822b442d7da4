"""Paths: how a place in a document is written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.json_values import ABSENT
from tui.orders.paths import Path, PathError, format_path, parse_path, scan_path, value_at

PARTS = st.one_of(st.text(max_size=12), st.integers(0, 999_999))
PATHS = st.lists(PARTS, min_size=1, max_size=6).map(tuple)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("status", ("status",)),
        ("items[0].quantity", ("items", 0, "quantity")),
        ("customer.address.city", ("customer", "address", "city")),
        ('metadata["a.b"]', ("metadata", "a.b")),
        ('metadata["quote\\" and ]"].x', ("metadata", 'quote" and ]', "x")),
        ("metadata.naïve-key", ("metadata", "naïve-key")),
        ("metadata.2026", ("metadata", "2026")),
    ],
)
def test_paths_are_read(text: str, path: Path) -> None:
    """Names, positions and quoted keys each become one part."""
    assert parse_path(text) == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("items", 0, "product", "name"), "items[0].product.name"),
        (("metadata", "a b"), 'metadata["a b"]'),
        (("metadata", ""), 'metadata[""]'),
        (("metadata", "1"), 'metadata["1"]'),
        (("metadata", "a.b"), 'metadata["a.b"]'),
        (("metadata", "a-"), 'metadata["a-"]'),
        (("metadata", "ключ"), "metadata.ключ"),
        (("a", "\u202e"), 'a["\\u202e"]'),
        (("a", "\x1b[2J"), 'a["\\u001b[2J"]'),
        (("a", "b\u3164"), 'a["b\\u3164"]'),
    ],
)
def test_paths_are_written(path: Path, text: str) -> None:
    """Any key but a plain name is quoted, and none holds a character that hides."""
    assert format_path(path) == text


def test_an_absent_value_differs_from_null() -> None:
    """A path that leads nowhere raises nothing."""
    document = {"a": None, "b": [1, {"c": 2}]}
    assert value_at(document, ("a",)) is None
    assert value_at(document, ("b", 1, "c")) == 2
    for path in (("x",), ("a", "b"), ("b", 2), ("b", -1), ("b", "c"), ("b", 0, "c")):
        assert value_at(document, path) is ABSENT


@given(PATHS)
def test_paths_survive_the_round_trip(path: Path) -> None:
    """Whatever the keys hold, a written path is read back as itself."""
    assert parse_path(format_path(path)) == path


@given(st.text(max_size=30))
def test_any_text_is_a_path_or_a_clear_error(text: str) -> None:
    """Reading never fails in another way, and what is read can be written."""
    try:
        path = parse_path(text)
    except PathError:
        path = ("refused",)
    assert parse_path(format_path(path)) == path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("items[", "position like [0]"),
        ("items[-1]", "position like [0]"),
        ("items..x", "name was expected at character 7"),
        ("items[0]quantity", "at character 9"),
        ('metadata["a', "no end"),
        ('metadata["a"', "closing bracket"),
        ("a b", "at character 2"),
        (".a", "name was expected at character 1"),
    ],
)
def test_broken_paths_say_where(text: str, said: str) -> None:
    """The message names the character and what was expected there."""
    with pytest.raises(PathError) as caught:
        parse_path(text)
    assert said in str(caught.value)


def test_a_scan_stops_at_the_sign() -> None:
    """The path of an assignment ends where its sign begins, also when a quoted key holds that sign."""
    assert scan_path('metadata["a=b"]=5') == (("metadata", "a=b"), 15)
