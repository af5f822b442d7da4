"""Colours while typing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.actions.verbs import verb
from tui.repl.line.highlighting import highlight_spans


def coloured(line: str) -> list[tuple[str, str]]:
    """Each coloured part with its kind."""
    verb("list")
    verb("get")
    return [(line[span.start : span.end], span.kind) for span in highlight_spans(line)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("list", [("list", "verb")]),
        ("lis", []),
        ("lis x", [("lis", "error")]),
        ("list limit 5", [("list", "verb"), ("limit", "option"), ("5", "number")]),
        ("list --limit=5", [("list", "verb"), ("--limit=", "option"), ("5", "string")]),
        ("list foo ", [("list", "verb"), ("foo", "error")]),
        ("get _[0]", [("get", "verb"), ("_[0]", "value")]),
        ("_.id | jq .", [("_.id", "value"), ("|", "operator"), (" jq .", "shell")]),
        ("list >> a.csv", [("list", "verb"), (">>", "operator"), (" a.csv", "shell")]),
        ("# note", [("# note", "comment")]),
        ("x = _", [("x", "name"), ("=", "operator"), ("_", "value")]),
        ("get 'open", [("get", "verb"), ("'open", "string")]),
        ('get {"a": 1}', [("get", "verb"), ('{"a": 1}', "json")]),
        ("watch 5 list", [("watch", "verb"), ("list", "verb")]),
        ("alias q = get $1", [("alias", "verb"), ("get", "verb"), ("$1", "value")]),
        ("py x = 1", [("py", "verb")]),
        (
            "list where status:paid limit 5",
            [
                ("list", "verb"),
                ("where", "option"),
                ("status", "field"),
                (":", "operator"),
                ("paid", "value"),
                ("limit", "option"),
                ("5", "number"),
            ],
        ),
    ],
)
def test_parts(line: str, parts: list[tuple[str, str]]) -> None:
    """Each part has the colour of what the grammar takes it for."""
    assert coloured(line) == parts


@given(
    st.text(alphabet=st.sampled_from(list("list where = _.$[]{}'\"|># -:,0")) | st.characters(), max_size=40)
)
def test_spans_are_in_order_and_apart(line: str) -> None:
    """Any text has spans that do not overlap."""
    found = highlight_spans(line)
    assert all(0 <= span.start < span.end <= len(line) for span in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
