from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.filter_strategies import nodes
from tui.orders.filter import highlight
from tui.orders.filter.syntax.nodes import Node


def kinds(text: str) -> list[tuple[str, str]]:
    """Each span's text and kind."""
    return [(text[span.start : span.end], span.kind) for span in highlight(text)]


def test_each_part_has_its_kind() -> None:
    """Fields, operators, values by their type, words, groups and keywords."""
    assert kinds('status:paid,created (amount>=10 or not created<-7d) -source_id:"a b" has:items x "y"') == [
        *(("status", "field"), (":", "operator"), ("paid", "value"), (",", "operator"), ("created", "value")),
        *(("(", "group"), ("amount", "field"), (">=", "operator"), ("10", "number")),
        *(("or", "keyword"), ("not", "keyword"), ("created", "field"), ("<", "operator"), ("-7d", "date")),
        *((")", "group"), ("-", "keyword"), ("source_id", "field"), (":", "operator"), ('"a b"', "string")),
        *(("has", "keyword"), (":", "operator"), ("items", "field"), ("x", "word"), ('"y"', "string")),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("staus:paid", "staus"),
        ("status:payd", "payd"),
        ("status>paid", ">"),
        ("amount=>1", "=>"),
        ("amount:ten", "ten"),
        ("created:2026-02-30", "2026-02-30"),
        ("has:discont", "discont"),
        ("has>items", ">"),
        ("(a", "("),
        ("a)", ")"),
        ('"open', '"open'),
        (":x", ":"),
    ],
)
def test_what_is_wrong_is_marked_while_typing(text: str, wrong: str) -> None:
    """The faulty part is an error at once."""
    assert (wrong, "error") in kinds(text)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet='ab:<>=~^$!()",.-* \\\nstatus\u202e', max_size=30) | st.text(max_size=30))
def test_any_text_is_covered_in_order(text: str) -> None:
    """Spans never overlap and leave out nothing but white space."""
    at = 0
    for span in highlight(text):
        assert at <= span.start < span.end <= len(text)
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@settings(max_examples=200, deadline=None)
@given(nodes)
def test_a_sound_filter_has_no_error(node: Node) -> None:
    """Whatever parses is coloured without a mark."""
    assert "error" not in [kind for _, kind in kinds(str(node))]
