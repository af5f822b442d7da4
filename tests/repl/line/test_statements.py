"""Lines: words, pipes, files and comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.repl_sessions import or_fault
from tui.repl.line.line_error import LineError
from tui.repl.line.statements import is_incomplete, parse_line


def words(line: str) -> list[str]:
    """The texts of a line's words."""
    return [word.text for word in parse_line(line).words]


def test_words_and_comments() -> None:
    """A comment begins at a word's beginning only."""
    assert words("list  limit 5 # the first") == ["list", "limit", "5"]
    assert words("get a#b '#c'") == ["get", "a#b", "#c"]


def test_pipe_is_the_shells_text() -> None:
    """Behind the pipe nothing is cut or replaced."""
    line = parse_line("list | jq '.[] | \"$x\"' > out")
    assert (line.pipe, line.redirect) == ("jq '.[] | \"$x\"' > out", None)


@pytest.mark.parametrize(
    ("line", "file", "append"), [("list > a.csv", "a.csv", False), ("list >>'a b'", "a b", True)]
)
def test_files(line: str, file: str, append: bool) -> None:
    """One sign replaces, two append."""
    redirect = parse_line(line).redirect
    assert redirect is not None
    assert (redirect.file.text, redirect.append) == (file, append)


def test_comparisons_are_no_files() -> None:
    """A comparison without a space in front, and the sign >=, belong to the filter."""
    assert words("list where amount>100 created >= 2026") == [
        "list",
        "where",
        "amount>100",
        "created",
        ">=",
        "2026",
    ]


@pytest.mark.parametrize(
    "line", ["list where amount > 100", "list where items >10", "list where -total > 5 limit 3"]
)
def test_a_comparison_that_would_write_is_refused(line: str) -> None:
    """A field in front of a > is meant to be compared; nothing is written to a file called 100."""
    with pytest.raises(LineError, match="without the space"):
        parse_line(line)


@pytest.mark.parametrize(
    "line", ["list |", "list | ", "list || x", "list >", "list > a b", "list > | x", "list > a | jq"]
)
def test_ways_out_that_lead_nowhere(line: str) -> None:
    """A command or a file that is missing, or one too many, is a fault, not an incomplete line."""
    with pytest.raises(LineError) as caught:
        parse_line(line)
    assert not caught.value.incomplete


@pytest.mark.parametrize(
    ("line", "more"), [("list", False), ("update _ --set a={", True), ("get 'x", True), ("list |", False)]
)
def test_incomplete_lines(line: str, more: bool) -> None:
    """Only open quotes and brackets ask for more."""
    assert is_incomplete(line) is more


@given(st.text(alphabet=st.sampled_from("ab '\"\\|>#{}[]$_\n=.-") | st.characters()))
def test_any_line_is_cut_or_pointed_at(text: str) -> None:
    """No text fails in another way."""
    line = or_fault(lambda: parse_line(text))
    if isinstance(line, LineError):
        assert line.pointed().count("\n") >= 2
    else:
        assert all(word.start < word.end <= len(text) for word in line.words)
