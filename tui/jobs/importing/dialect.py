"""How a CSV is written: the sign between its cells, the encoding of its text, the sign before decimals."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from difflib import get_close_matches
from encodings.aliases import aliases
from typing import get_args

from tui.orders.amounts import DecimalMark

from .rows import ImportRefused

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""Signs between cells by the names that people give them; any other single character may be used too."""

UNFIT = frozenset('"\r\n\0')
"""Characters that cannot part cells."""

MOST_SKIPPED = 1000
"""Lines above the titles that can be skipped."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 30
"""Records by which a delimiter is judged."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written. Nothing of it is guessed: what is not said is RFC 4180 in UTF-8.

    Attributes:
        delimiter: stands between cells.
        encoding: of the text.
        decimal: stands before decimals; ``None`` where each amount has to show it.
        quotes: whether ``"`` encloses cells; without, it is a character like any other.
        skip_lines: lines above the titles.

    Raises:
        ImportRefused: the delimiter or the encoding cannot be one.
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
            raise ImportRefused(f"there is no encoding {self.encoding!a}", hint=_near(self.encoding))

    @property
    def codec(self) -> str:
        """The encoding's one name: ``utf-8`` whether it was written ``UTF8`` or ``utf_8``."""
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

    def words(self) -> str:
        """How the file is written, for people."""
        told = [self.delimiter_name, self.encoding]
        if self.decimal is not None:
            told.append("decimal comma" if self.decimal == "," else "decimal point")
        if not self.quotes:
            told.append("no quotes")
        if self.skip_lines:
            told.append(f"titles on line {self.skip_lines + 1}")
        return ", ".join(told)


def delimiter_of(word: str) -> str:
    """The sign that was meant by a word, or by the sign itself."""
    return {**DELIMITERS, "\\t": "\t"}.get(word.lower(), word)


def likely(start: bytes) -> Dialect:
    """How a file that begins so seems to be written: for a person to see and correct, never used unseen."""
    encoding = _encoding(start)
    text = start.decode(encoding, "replace").removeprefix("\ufeff")
    return Dialect(max(DELIMITERS.values(), key=lambda sign: _parts(text, sign)), encoding)


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _parts(text: str, sign: str) -> tuple[int, int]:
    """How well a sign parts the cells: in how many records as the header has, then in how many cells."""
    widths: list[int] = []
    try:
        # The last line may be cut.
        for record in csv.reader(text.splitlines(keepends=True)[:-1] or [text], delimiter=sign):
            widths.append(len(record))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        pass
    header = widths[0] if widths else 1
    return (sum(width == header for width in widths) if header > 1 else 0), header


def _is_encoding(name: str) -> bool:
    text = "a;b\n"
    try:
        return text.encode(name).decode(name) == text
    except (LookupError, ValueError):
        return False


def _near(name: str) -> str:
    known = sorted({*aliases, *aliases.values()})
    near = get_close_matches(name.lower().replace("-", "_"), known, n=3)
    return f"Did you mean {' or '.join(near)}?" if near else "Such as utf-8, cp1252 or utf-16."


PLAIN = Dialect()
"""RFC 4180 in UTF-8."""
