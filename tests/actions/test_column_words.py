"""``Header=field:kind``: read, written, and completed."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.actions.column_completion import column_maps
from tui.actions.column_words import column_text, mapping_words, read_column, typed
from tui.actions.verb import InputError
from tui.jobs.importing.fields import FIELDS, KINDS, kinds_for
from tui.jobs.importing.mapping import Column, ColumnMapping
from tui.repl.words import read_word

PATHS = st.sampled_from(sorted(FIELDS)) | st.text(min_size=1, max_size=8).map(
    lambda key: f"metadata.{key.strip() or 'k'}"
)


@st.composite
def columns(draw: st.DrawFn) -> Column:
    """A column that may be."""
    header = draw(st.text(min_size=1, max_size=8))
    path = draw(st.none() | PATHS)
    return Column(header, path, draw(st.sampled_from(kinds_for(path))) if path else "text")


@given(columns(), st.lists(st.text(max_size=8), max_size=3))
def test_a_column_is_read_as_it_was_written(column: Column, others: list[str]) -> None:
    """Whatever the title and the metadata key hold: equals signs, colons, names of kinds."""
    text = column_text(column)
    if any(text.startswith(f"{other}=") and len(other) > len(column.header) for other in others):
        return  # Two titles that begin alike and hold equals signs: the longer one is meant.
    assert read_column(text, [column.header, *others]) == column


@given(st.text(max_size=12))
def test_a_word_reads_back_in_a_shell_and_in_the_repl(text: str) -> None:
    """What is proposed can be pasted in both."""
    word = typed(text)
    assert shlex.split(word) == [text]
    if text and not ("'" in text and "!" in text):
        assert read_word(word, 0).text == text


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a=b=amount", Column("a=b", "amount", "integer")),
        ("a=metadata.x=y", Column("a", "metadata.x=y")),
        (" TOTAL =amount:amount", Column("Total ", "amount", "amount")),
        ("a=", Column("a", None)),
        ("a=metadata.k:json", Column("a", "metadata.k", "json")),
        ("a=metadata.k:v", Column("a", "metadata.k:v")),
    ],
)
def test_titles_and_kinds_are_told_apart(text: str, column: Column) -> None:
    """By the columns of the file and the kinds there are."""
    assert read_column(text, ["a=b", "a", "Total "]) == column


def test_what_goes_without_saying_is_not_said() -> None:
    """Columns that are fields already, columns of the service, and our own."""
    mapping = ColumnMapping(
        "m",
        (
            Column("source_id", "source_id"),
            Column("Status", "status"),
            Column("total_amount", None),
            Column("_line", None),
            Column("", None),
            Column("amount", None),
            Column("Note", None),
            Column("No.", "metadata.no"),
        ),
    )
    assert list(mapping_words(mapping)) == ["--map amount=", "--map Note=", "--map No.=metadata.no"]


def test_errors_name_what_there_is() -> None:
    """Where nothing is alike."""
    with pytest.raises(InputError, match="there are “a”, “b”"):
        read_column("zzz=amount", ["a", "b"])
    with pytest.raises(InputError, match=f"there are {', '.join(KINDS)}"):
        read_column("a=amount:zzz", ["a"])


def test_a_column_is_completed_part_by_part() -> None:
    """Titles, then fields with the metadata key of the title, then kinds."""
    titles = ("Order No", "Total")
    assert list(column_maps("", titles)) == ["Order No=", "Total="]
    assert list(column_maps("To", titles)) == ["Total="]
    assert list(column_maps("Total=am", titles)) == ["Total=amount"]
    assert "Total=metadata.Total" in column_maps("Total=meta", titles)
    assert list(column_maps("Total=amount:", titles)) == ["Total=amount:integer", "Total=amount:amount"]
    assert list(column_maps("Total=amount:a", ())) == ["Total=amount:amount"]
