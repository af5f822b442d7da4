"""CSV dialects: separator, encoding, decimal mark, quotes and skipped lines; given or detected."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from encodings.aliases import aliases
from typing import get_args

from tui.jobs.importing.import_errors import ImportRefused
from tui.name_suggestions import suggestion_for
from tui.orders.amounts import DecimalMark

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""Cell separators by name; any other single character may be used too."""

UNFIT = frozenset('"\r\n\0')
"""Characters that cannot part cells."""

MOST_SKIPPED = 1000
"""Lines above the titles that can be skipped."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MOST_LOOKED_AT = 64 * 1024
"""The bytes at the beginning of a file that show its dialect."""

_LOOKED_AT = 30
"""Records by which a delimiter is judged."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written. Nothing is guessed: the default is RFC 4180 in UTF-8.

    Attributes:
        delimiter: stands between cells.
        encoding: of the text.
        decimal: stands before decimals; ``None`` where each amount has to show it.
        quotes: whether ``"`` encloses cells; without, it is a character like any other.
        skip_lines: lines above the titles.

    Raises:
        ImportRefused: the delimiter or the encoding is invalid.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: DecimalMark | None = None
    quotes: bool = True
    skip_lines: int = 0

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in UNFIT:
            names = ", ".join(DELIMITERS)
            raise ImportRefused(
                f"{self.delimiter!a} cannot be the delimiter",
                hint=f"It is one character, or one of these words: {names}.",
            )
        if not 0 <= self.skip_lines <= MOST_SKIPPED:
            raise ImportRefused(f"0 to {MOST_SKIPPED:,} lines can be skipped, not {self.skip_lines}")
        if self.decimal not in (None, *get_args(DecimalMark)):
            raise ImportRefused(f"{self.decimal!a} cannot be the decimal sign", hint="It is . or a comma.")
        if not _is_encoding(self.encoding):
            known = sorted({*aliases, *aliases.values()})
            hint = suggestion_for(self.encoding.replace("-", "_"), known, "try utf-8 or cp1252")
            raise ImportRefused(f"there is no encoding {self.encoding!a}{hint}")

    @property
    def codec(self) -> str:
        """The canonical name of an encoding: ``utf-8`` whether it was written ``UTF8`` or ``utf_8``."""
        return codecs.lookup(self.encoding).name

    @property
    def plain_line_ends(self) -> bool:
        """Whether a line ends with the byte that ends it in ASCII, as it does not in UTF-16."""
        return "\n".encode(self.encoding) == b"\n"

    @property
    def delimiter_name(self) -> str:
        """The delimiter's name, or the sign itself where it has none."""
        named = (name for name, sign in DELIMITERS.items() if sign == self.delimiter)
        return next(named, self.delimiter)

    def describe(self) -> str:
        """How the file is written, for people."""
        parts = [self.delimiter_name, self.encoding]
        if self.decimal is not None:
            parts.append("decimal comma" if self.decimal == "," else "decimal point")
        if not self.quotes:
            parts.append("no quotes")
        if self.skip_lines:
            parts.append(f"titles on line {self.skip_lines + 1}")
        return ", ".join(parts)


def delimiter_of(word: str) -> str:
    """The separator for a name such as ``semicolon``, or for the character itself."""
    return {**DELIMITERS, "\\t": "\t"}.get(word.lower(), word)


def likely_dialects(start: bytes) -> tuple[Dialect, ...]:
    """The likely dialect of a file by its beginning, shown to the user and never used unseen.

    There are several, the likeliest first, where more than one separator gives each record as many cells as
    there are titles: ``Order;Total, gross`` above ``1;12,50``.
    """
    encoding = _encoding(start)
    text = start.decode(encoding, "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.splitlines(keepends=True)
    if len(lines) > 1 and len(text) >= MOST_LOOKED_AT:
        del lines[-1]  # It may be cut.
    if lines and re.match(r'"?sep=.', lines[0], re.IGNORECASE):
        return (Dialect(encoding=encoding),)
    layouts = [found for sign in DELIMITERS.values() if (found := _layout(lines, sign))]
    layouts.sort(key=lambda layout: layout.rank, reverse=True)
    if not layouts:
        return (Dialect(encoding=encoding),)
    chosen = [layout for layout in layouts if layout.is_even] or layouts[:1]
    return tuple(Dialect(found.sign, encoding, None, found.quotes, found.skipped) for found in chosen)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The records that a separator makes of a text: ``fitting`` of ``records`` are as wide as the titles."""

    sign: str
    width: int
    fitting: int
    records: int
    quotes: bool
    skipped: int

    @property
    def is_even(self) -> bool:
        return self.fitting == self.records > 1

    @property
    def rank(self) -> tuple[bool, int, int]:
        return self.is_even, self.fitting, self.width


def _layout(lines: Sequence[str], sign: str) -> _Layout | None:
    quotes = True
    records = _first_records(lines, sign, quotes=True)
    if records is None:
        quotes, records = False, _first_records(lines, sign, quotes=False) or []
    if not records:
        return None
    titles = _titles_at(records)
    skipped, width = records[titles][0] - 1 if titles else 0, len(records[titles][1])
    below = [cells for _, cells in records[titles:]]
    fitting = sum(len(cells) >= width and not any(cells[width:]) for cells in below)
    return _Layout(sign, width, fitting, len(below), quotes, skipped) if width > 1 else None


def _first_records(lines: Sequence[str], sign: str, *, quotes: bool) -> list[tuple[int, list[str]]] | None:
    """The first records with values, and their lines; ``None`` if the quoting is broken."""
    reader = csv.reader(
        lines, delimiter=sign, strict=True, quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    )
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for record in reader:
            if cells := [cell.strip() for cell in record]:
                if any(cells):
                    records.append((line, cells))
                if len(records) == _LOOKED_AT:
                    break
            line = reader.line_num + 1
    except csv.Error:
        # A cell that is still open at the end of what was read says nothing.
        return records if len(records) > 1 and quotes and reader.line_num >= len(lines) > _LOOKED_AT else None
    return records


def _titles_at(records: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Which record has the titles: the first, unless it is one cell above others that are full rows."""
    first = records[0][1]
    if sum(map(bool, first)) > 1:
        return 0
    for at, (_, cells) in enumerate(records[1:], 1):
        full = len(cells) > 1 and all(cells) and len(set(cells)) == len(cells)
        full = full and not any(cell[0].isdigit() for cell in cells)
        if full and at + 1 < len(records) and len(records[at + 1][1]) >= len(cells):
            return at
    return 0


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    evens, odds = start[:400:2].count(0), start[1:400:2].count(0)
    if evens + odds > len(start[:400]) // 4:
        return "utf-16-be" if evens > odds else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_encoding(name: str) -> bool:
    text = "a;b\n"
    try:
        return text.encode(name).decode(name) == text
    except (LookupError, ValueError):
        return False


DEFAULT_DIALECT = Dialect()
"""RFC 4180 in UTF-8."""
