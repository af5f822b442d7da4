"""Reading and writing the options that map a column to a field: ``Header=field:kind``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.actions.verb import InputError
from tui.jobs.importing.mapping.column_mapping import (
    ColumnMapping,
    MappedColumn,
    column_by_header,
    describe_unknown_field,
    is_ignored,
    plain_cell,
)
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT
from tui.jobs.importing.mapping.helper_columns import OWN_COLUMNS
from tui.jobs.importing.mapping.import_fields import CELL_KINDS, CellKind, is_money, kind_of, kinds_for
from tui.name_suggestions import choose_from, suggestion_for
from tui.orders.amounts import DECIMALS

if TYPE_CHECKING:
    from tui.jobs.importing.mapping.csv_dialect import Dialect

_ACTS_IN_QUOTES = re.compile("[!`$]")
"""Characters that a shell interprets inside double quotes, but the REPL does not."""

_UNQUOTED = frozenset("_@%+=:,./-")
"""Characters that need no quoting in a shell or the REPL."""

MOST_NAMED = 12
"""Columns that an error lists when it has no suggestion."""


def read_column(text: str, titles: Sequence[str]) -> MappedColumn:
    """Parse ``Header=field[:kind]``; ``Header=`` leaves the column out.

    Args:
        text: as it was typed.
        titles: the columns of the file. A title may hold ``=`` itself; case and outer spaces do not matter.

    Raises:
        InputError: there is no such column, field or kind; suggests what was probably meant.
    """
    header, rest = _parted(text, titles)
    if not rest:
        return MappedColumn(header, None)
    path, kind = _field(rest)
    possible = kinds_for(path)
    if not possible:
        raise InputError(f"“{header}” is mapped to {describe_unknown_field(path)}", argument="map")
    if kind is not None and kind not in possible:
        raise InputError(f"{path} is filled by {' or '.join(possible)}, not by {kind}", argument="map")
    # Other programs write statuses in any case.
    return MappedColumn(header, path, kind or ("status" if path == "status" else possible[0]))


def read_value(text: str, titles: Sequence[str]) -> tuple[str, tuple[str, str]]:
    """Parse ``Header:cell=text`` into the title, and the pair of cell and text.

    Raises:
        InputError: there is no such column, or no sign of equality.
    """
    for at in reversed([at for at, sign in enumerate(text) if sign == ":"]):
        header = _title(text[:at], titles)
        cell, equals, read = text[at + 1 :].rpartition("=")
        if header is not None and equals and cell.strip():
            return header, (cell.strip(), read.strip())
    message = f"“{text}” names no column and cell of the file; write it HEADER:CELL=TEXT"
    raise InputError(message, argument="value")


def column_text(column: MappedColumn) -> str:
    """The column as ``read_column`` parses it, with the kind unless it is the default; always for money."""
    if column.path is None:
        return f"{column.header}="
    path, _, last = column.path.rpartition(":")
    ambiguous = bool(path) and last in CELL_KINDS
    is_plain = column.kind == kind_of(column.path) and not is_money(column.path) and column.path != "status"
    return f"{column.header}={column.path}" + (f":{column.kind}" if ambiguous or not is_plain else "")


def mapping_options(mapping: ColumnMapping) -> Iterator[str]:
    """The options for a mapping; columns that are recognised by their header are omitted."""
    for column in mapping.columns:
        if column.header and not _goes_without_saying(column):
            yield f"--map {typed(column_text(column))}"
        for cell, text in column.values if column.path else ():
            yield f"--value {typed(f'{column.header}:{cell}={text}')}"
    if mapping.currency:
        yield f"--currency {typed(mapping.currency)}"
    yield from dialect_options(mapping.dialect)
    if mapping.decimals != DECIMALS and any(column.kind == "amount" for column in mapping.columns):
        yield f"--decimals {mapping.decimals}"


def dialect_options(dialect: Dialect) -> Iterator[str]:
    """The options for the format of a file; defaults are omitted."""
    if dialect.delimiter != DEFAULT_DIALECT.delimiter:
        yield f"--delimiter {typed(dialect.delimiter_name)}"
    if dialect.codec != DEFAULT_DIALECT.codec:
        yield f"--encoding {typed(dialect.encoding)}"
    if dialect.decimal is not None:
        yield "--decimal-comma" if dialect.decimal == "," else "--decimal-point"
    if dialect.skip_lines:
        yield f"--skip-lines {dialect.skip_lines}"
    if not dialect.quotes:
        yield "--no-quotes"


def typed(word: str) -> str:
    """Quote a word for both a shell and the REPL.

    A text with a single quote, a line end and a character that acts in double quotes works in a shell only.
    """
    if "'" not in word:
        return shlex.quote(word)
    if not _ACTS_IN_QUOTES.search(word):
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if "\n" in word:
        return shlex.quote(word)
    return "".join(sign if sign.isalnum() or sign in _UNQUOTED else f"\\{sign}" for sign in word)


def _goes_without_saying(column: MappedColumn) -> bool:
    if column.path is None:
        return column.header in OWN_COLUMNS or is_ignored(column.header)
    return replace(column, values=()) == column_by_header(column.header, exact=True)


def _parted(text: str, titles: Sequence[str]) -> tuple[str, str]:
    places = [at for at, sign in enumerate(text) if sign == "="]
    if not places:
        raise InputError(
            f"“{text}” names no field; write it HEADER=FIELD, or HEADER= to leave the column out",
            argument="map",
        )
    for at in reversed(places):
        if text[:at] in titles:
            return text[:at], text[at + 1 :].strip()
    for at in reversed(places):
        found = _title(text[:at], titles)
        if found is not None:
            return found, text[at + 1 :].strip()
    header = text[: places[0]]
    first = ", ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    hint = suggestion_for(header, titles, f"it has {first}")
    raise InputError(f"the file has no column “{header}”{hint}", argument="map")


def _title(typed: str, titles: Sequence[str]) -> str | None:
    """The title that a text names, ignoring case and outer spaces."""
    if typed in titles:
        return typed
    return next((title for title in titles if plain_cell(title) == plain_cell(typed)), None)


def _field(text: str) -> tuple[str, CellKind | None]:
    path, colon, last = text.rpartition(":")
    if colon and last in CELL_KINDS:
        return path.strip(), last
    if colon and kind_of(text) is None and kind_of(path) is not None:
        hint = suggestion_for(last, CELL_KINDS, choose_from(CELL_KINDS))
        raise InputError(f"there is no kind “{last}”{hint}", argument="map")
    return text, None
