"""Spreadsheet-safe files: they say what they are by a last, empty column ``_sheet``, and by their name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.jobs.importing.mapping.helper_columns import SHEET_MARK
from tui.jobs.importing.reading.spreadsheet_cells import protect

SUFFIX = ".sheet.csv"


def sheet_header(header: Sequence[str]) -> list[str]:
    """The header of a spreadsheet-safe file."""
    return [*map(protect, header), SHEET_MARK]


def sheet_record(record: Sequence[str]) -> list[str]:
    """A record of a spreadsheet-safe file."""
    return [*map(protect, record), ""]


def sheet_name(path: Path) -> Path:
    """The name that says that the file is spreadsheet-safe."""
    if path.name.endswith(SUFFIX):
        return path
    stem = path.name[: -len(".csv")] if path.name.endswith(".csv") else path.name
    return path.with_name(stem + SUFFIX)
