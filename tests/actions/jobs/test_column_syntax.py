"""``Header=field:kind``: read, written, and completed."""

from __future__ import annotations

import shlex
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.actions.jobs.column_completion import column_maps
from tui.actions.jobs.column_syntax import column_text, mapping_options, read_column, read_value, typed
from tui.actions.verb import InputError
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.import_fields import CELL_KINDS, FIELDS, kinds_for
from tui.repl.line.words import read_word

PATHS = st.sampled_from(sorted(FIELDS)) | st.text(min_size=1, max_size=8).map(
    lambda key: f"metadata.{key.strip() or 'k'}"
)


@st.composite
def columns(draw: st.DrawFn) -> MappedColumn:
    """A column that may be."""
    header = draw(st.text(min_size=1, max_size=8))
    path = draw(st.none() | PATHS)
    return MappedColumn(header, path, draw(st.sampled_from(kinds_for(path))) if path else "text")


@given(columns(), st.lists(st.text(max_size=8), max_size=3))
def test_a_column_is_read_as_it_was_written(column: MappedColumn, others: list[str]) -> None:
    """Whatever the title and the metadata key hold: equals signs, colons, names of kinds."""
    text = column_text(column)
    if any(text.startswith(f"{other}=") and len(other) > len(column.header) for other in others):
        return  # Two titles that begin alike and hold equals signs: the longer one is meant.
    assert read_column(text, [column.header, *others]) == column


@given(st.text(max_size=12) | st.text("'`$!\"\\ \n{a", max_size=8))
@example("'`")
@example("'$HOME")
@example("it's 5 o'clock!")
def test_a_word_reads_back_in_a_shell_and_in_the_repl(text: str) -> None:
    """What is proposed can be pasted in both."""
    word = typed(text)
    assert shlex.split(word) == [text]
    if text and not ("'" in text and "\n" in text and any(sign in text for sign in "!`$")):
        assert read_word(word, 0).text == text


@pytest.mark.parametrize("text", ["'`", "it's $HOME", "a'b\\c\"d", "'\n$x", "o'clock!", "naïve 'ß'", "~'*?"])
def test_a_shell_itself_reads_the_word(text: str) -> None:
    """The library that reads words as a shell does differs from one within double quotes."""
    said = subprocess.run(["sh", "-c", f"printf %s {typed(text)}"], capture_output=True, check=True)
    assert said.stdout.decode() == text


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a=b=amount", MappedColumn("a=b", "amount", "integer")),
        ("a=metadata.x=y", MappedColumn("a", "metadata.x=y")),
        (" TOTAL =amount:amount", MappedColumn("Total ", "amount", "amount")),
        ("a=", MappedColumn("a", None)),
        ("a=metadata.k:json", MappedColumn("a", "metadata.k", "json")),
        ("a=metadata.k:v", MappedColumn("a", "metadata.k:v")),
    ],
)
def test_titles_and_kinds_are_told_apart(text: str, column: MappedColumn) -> None:
    """By the columns of the file and the kinds there are."""
    assert read_column(text, ["a=b", "a", "Total "]) == column


def test_what_goes_without_saying_is_not_said() -> None:
    """Columns that are fields already, columns of the service, and our own."""
    mapping = ColumnMapping(
        "m",
        (
            MappedColumn("source_id", "source_id"),
            MappedColumn("Status", "status"),
            MappedColumn("total_amount", None),
            MappedColumn("_line", None),
            MappedColumn("", None),
            MappedColumn("amount", None),
            MappedColumn("Note", None),
            MappedColumn("No.", "metadata.no"),
        ),
    )
    assert list(mapping_options(mapping)) == [
        "--map Status=status:text", "--map amount=", "--map Note=", "--map No.=metadata.no",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("State:pending=CREATED", ("State", ("pending", "CREATED"))),
        (" state : on hold = CREATED ", ("State", ("on hold", "CREATED"))),
        ("State:n/a=", ("State", ("n/a", ""))),
        ("a:b:x=y", ("a:b", ("x", "y"))),
        ("State:a=b=c", ("State", ("a=b", "c"))),
    ],
)
def test_a_value_is_read(text: str, read: tuple[str, tuple[str, str]]) -> None:
    """The title may hold colons, the cell signs of equality."""
    assert read_value(text, ["State", "a:b", "a"]) == read


@pytest.mark.parametrize("text", ["pending=CREATED", "Stat:pending=CREATED", "State:pending", "State:=x"])
def test_a_value_that_says_nothing_is_refused(text: str) -> None:
    """With how it is written."""
    with pytest.raises(InputError, match="write it HEADER:CELL=TEXT"):
        read_value(text, ["State"])


def test_values_are_written_as_they_are_read() -> None:
    """Behind the column that they are about."""
    column = MappedColumn("State", "status", "status", (("it's new", "CREATED"), ("n/a", "")))
    words = shlex.split(" ".join(mapping_options(ColumnMapping("m", (column,)))))
    assert words == [
        "--map",
        "State=status:status",
        "--value",
        "State:it's new=CREATED",
        "--value",
        "State:n/a=",
    ]
    assert [read_value(word, ["State"])[1] for word in words[3::2]] == list(column.values)


def test_errors_name_what_there_is() -> None:
    """Where nothing is alike."""
    with pytest.raises(InputError, match="it has “a”, “b”"):
        read_column("zzz=amount", ["a", "b"])
    with pytest.raises(InputError, match=f"choose from {', '.join(CELL_KINDS)}"):
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


def test_a_column_of_statuses_is_read_in_any_case() -> None:
    """Unless the kind is given, as other programs write “Paid”."""
    assert read_column("State=status", ["State"]) == MappedColumn("State", "status", "status")
    assert read_column("State=status:text", ["State"]) == MappedColumn("State", "status", "text")
