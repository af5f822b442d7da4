"""Where a document hides something."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import CONTROLS, ESCAPES, MARKUP, UNICODE
from tui.terminal.visible import HiddenPlace, hidden_places, holds_hidden, visible

TEXTS = st.one_of(st.text(st.characters(exclude_categories=())), st.sampled_from([*ESCAPES, *UNICODE]))
DOCUMENTS = st.recursive(
    st.one_of(st.none(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)


def texts_of(document: Any) -> list[str]:
    """Every value and key that is text."""
    if isinstance(document, str):
        return [document]
    if isinstance(document, dict):
        return [*document, *(text for value in document.values() for text in texts_of(value))]
    return [text for value in document for text in texts_of(value)] if isinstance(document, list) else []


def test_places_are_named_with_how_much_hides_there() -> None:
    """In values and keys, at any depth, in the document's order."""
    document = {"id": "plain", "metadata": {"note": "a\u200b\x1b[2J", "k\u202e": [{"deep": "x\x07"}]}}
    assert list(hidden_places(document)) == [
        HiddenPlace(("metadata", "note"), 2),
        HiddenPlace(("metadata", "k\u202e"), 1, in_key=True),
        HiddenPlace(("metadata", "k\u202e", 0, "deep"), 1),
    ]
    assert holds_hidden(document)


@pytest.mark.parametrize("text", ["two\nlines\r\nand\ta tab", "نمی‌خواهم", "👨‍👩‍👧‍👦 ⚠️", *MARKUP])
def test_honest_text_is_not_blamed(text: str) -> None:
    """Line ends, tabs, joiners that scripts need, and markup are all there to be seen."""
    assert not holds_hidden({text: [text]})


@pytest.mark.parametrize(
    "text", [*ESCAPES, *(t for t in CONTROLS if t not in ("tab\ttab", "line\nfeed", "crlf\r\ncrlf"))]
)
def test_attacks_are_found_wherever_they_stand(text: str) -> None:
    """As a value, as a key, in a list of lists."""
    assert holds_hidden({"metadata": {"a": text}})
    assert holds_hidden([{text: 1}])
    assert holds_hidden({"a": [["b", [text]]]})


def test_a_lone_carriage_return_is_no_line_end() -> None:
    """It would write over the line that it stands in."""
    assert list(hidden_places({"a": "PAID\rVOID"})) == [HiddenPlace(("a",), 1)]


def test_a_tower_of_marks_hides_what_is_around_it() -> None:
    """Those that are not drawn are counted."""
    assert list(hidden_places({"a": "e" + "\u0301" * 60})) == [HiddenPlace(("a",), 52)]


def test_a_document_may_be_deep() -> None:
    """Deeper than calls may nest."""
    document: Any = "\x1b"
    for _ in range(100_000):
        document = [document]
    assert holds_hidden(document)


@given(DOCUMENTS)
def test_what_would_be_written_out_is_what_is_found(document: Any) -> None:
    """A document hides something exactly where ``visible`` changes one of its texts, line ends apart."""
    changed = [
        text for text in texts_of(document) if visible(text.replace("\t", ""), multiline=True) != _plain(text)
    ]
    assert holds_hidden(document) == bool(changed)
    assert holds_hidden(document) == bool(list(hidden_places(document)))


def _plain(text: str) -> str:
    return text.replace("\t", "").replace("\r\n", "\n")
