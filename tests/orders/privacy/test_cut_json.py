"""The whole part of JSON that was cut."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui.orders.privacy.masking_engine import whole_part

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=6)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def is_part(part: Any, whole: Any) -> bool:
    """Whether a document is the beginning of another one: nothing changed, nothing added."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return list(part) == list(whole)[: len(part)] and all(is_part(part[key], whole[key]) for key in part)
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_part, part, whole))
    return type(part) is type(whole) and bool(part == whole)


@given(st.lists(DOCUMENTS, max_size=4) | st.dictionaries(st.text(max_size=4), DOCUMENTS), st.data())
def test_it_is_the_beginning_of_the_document_wherever_it_was_cut(whole: Any, data: st.DataObject) -> None:
    """Every value in it is one of the document at its place, whole."""
    text = json.dumps(whole, ensure_ascii=data.draw(st.booleans()))
    cut = text[: data.draw(st.integers(1, len(text)))]
    found = whole_part(cut)
    assert found is not None
    part, added = found
    assert is_part(part, whole)
    assert json.dumps(part).endswith(added)


def test_the_last_element_of_a_list_that_goes_on_is_left_out() -> None:
    """The orders that came whole are there, in a page as in an import."""
    assert whole_part('{"object":"list","orders":[{"id":"a","n":[1]},{"id":"b","n":[1') == (
        {"object": "list", "orders": [{"id": "a", "n": [1]}]},
        "]}",
    )
    assert whole_part('[{"id":"a"},{"id":"b","note":"Ag') == ([{"id": "a"}], "]")
    assert whole_part('{"items":[1,2],"metadata":{"a":"b","c":"d') == (
        {"items": [1, 2], "metadata": {"a": "b"}},
        "}}",
    )


def test_what_is_no_json_has_no_whole_part() -> None:
    """Words, and signs that are none of it."""
    for text in ("", "cannot be", 'oops {"a": 1}', '{"a": nope, "b": 1'):
        assert whole_part(text) is None
