"""Cutting a line into words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.repl_sessions import or_fault
from tui.repl.line.line_error import LineError
from tui.repl.line.words import quote_word, read_word


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("plain rest", "plain"),
        ("'as it stands' x", "as it stands"),
        ('"red shoes" x', "red shoes"),
        (r'"a \"quote\""', 'a "quote"'),
        (r"two\ words x", "two words"),
        ("O'Brien x", "O'Brien"),
        ("name='two words' x", "name=two words"),
        ('metadata."gift note":yes x', "metadata.gift note:yes"),
        ('set={"a": [1, 2], "b": "}"} x', 'set={"a": [1, 2], "b": "}"}'),
        ('{"a":\n 1} x', '{"a":\n 1}'),
        ("_.items[0].id x", "_.items[0].id"),
        ("${name.path}-x y", "${name.path}-x"),
        ("a|b", "a"),
        ("''", ""),
    ],
)
def test_words(line: str, text: str) -> None:
    """A word ends at white space or a pipe outside quotes and brackets."""
    assert read_word(line, 0).text == text


@pytest.mark.parametrize("line", ["'open", '"open', "{", '{"a": "', "[1, 2", "ends\\", "${name"])
def test_unfinished_words_may_go_on(line: str) -> None:
    """What has no end yet is told apart from what is wrong."""
    with pytest.raises(LineError) as caught:
        read_word(line, 0)
    assert caught.value.incomplete


def test_brackets_must_match() -> None:
    """A bracket that another one closes is wrong, and is pointed at."""
    with pytest.raises(LineError, match="closed by") as caught:
        read_word("a{1]", 0)
    assert (caught.value.incomplete, caught.value.position) == (False, 1)


@given(st.text())
@example("$name")
@example("_")
@example("--all")
@example("#x")
@example(">5")
@example("it's")
@example("\\")
def test_a_quoted_text_reads_back(text: str) -> None:
    """Whatever a text holds, its quoted form is one word that stands for it."""
    written = quote_word(text)
    word = read_word(written, 0)
    assert (word.text, word.end) == (text, len(written))


@given(st.text())
def test_any_text_gives_a_word_or_a_pointed_error(text: str) -> None:
    """Reading never fails in another way and never stands still."""
    read = or_fault(lambda: read_word(text, 0))
    if isinstance(read, LineError):
        assert 0 <= read.position <= len(text)
        assert read.pointed()
    else:
        assert read.end > 0 or not text or text[0].isspace() or text[0] == "|"
