"""Spreadsheet-safe cells: what a spreadsheet would run as a formula is held by an apostrophe.

The rule of ``reliability.md`` 3. Plain numbers stay, so that ``-5.20`` is a number. A cell that begins with
an apostrophe gets one more, so that taking one off gives back what was there. The file says what it is by
a last, empty column named ``_sheet``, and by its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tui.jobs.importing.mapping import SHEET_MARK

SUFFIX = ".sheet.csv"

_DANGEROUS = tuple("=+-@\t\r\n'\x00＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


def protected(cell: str) -> str:
    """The cell as a spreadsheet may be given it."""
    if cell.startswith(_DANGEROUS) and not _PLAIN_NUMBER.match(cell):
        return "'" + cell
    return cell


def sheet_header(header: Sequence[str]) -> list[str]:
    """The header of a spreadsheet-safe file."""
    return [*map(protected, header), SHEET_MARK]


def sheet_record(record: Sequence[str]) -> list[str]:
    """A record of a spreadsheet-safe file."""
    return [*map(protected, record), ""]


def sheet_name(path: Path) -> Path:
    """The name that says that the file is spreadsheet-safe."""
    if path.name.endswith(SUFFIX):
        return path
    stem = path.name[: -len(".csv")] if path.name.endswith(".csv") else path.name
    return path.with_name(stem + SUFFIX)
