"""Cells of a spreadsheet-safe CSV: no spreadsheet runs them as formulas, and an import reads them exactly.

Each place where a formula could begin gets an apostrophe: the start of a cell, and what follows a sign that a
spreadsheet may take for the end of a cell (``x;=HYPERLINK(…)`` where cells are expected to be parted by
semicolons). A cell that begins with an apostrophe gets one more. So inserted apostrophes can be recognised
and removed. Plain numbers stay, so that ``-5.20`` is a number.
"""

from __future__ import annotations

import re

_FORMULA = "=+\\-@＝＋－＠﹢﹣﹦﹫−"
_SEPARATOR = ";|\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_GAP = ' "\x00-\x08\x0e-\x1b\x1f\xa0\xad\u1680\u180e\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff'
"""Characters that a spreadsheet may remove before it looks for a formula."""

_BEGINS = re.compile(f"['\t\r\n\x00]|[{_GAP}]*[{_FORMULA}]")
_INNER = re.compile(f"([{_SEPARATOR}])(?='*[{_GAP}]*[{_FORMULA}])")
_INNER_PROTECTED = re.compile(f"([{_SEPARATOR}])'(?='*[{_GAP}]*[{_FORMULA}])")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


def protect(cell: str) -> str:
    """The cell as a spreadsheet may be given it."""
    if _PLAIN_NUMBER.match(cell):
        return cell
    inner = _INNER.sub(r"\1'", cell)
    return f"'{inner}" if _BEGINS.match(cell) else inner


def unprotect(cell: str) -> str:
    """The cell as it was before ``protect``."""
    return _INNER_PROTECTED.sub(r"\1", cell.removeprefix("'"))
