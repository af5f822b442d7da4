"""Columns and keys that Ordex adds to its own files; an import does not read them as fields."""

from __future__ import annotations

LINE_KEY = "_line"
REASON_KEY = "_reason"
TEXT_KEY = "_text"
"""Keys and columns of a rejects file: the line, why it was rejected, and text that could not be read."""

JSON_KEY = "_json"
"""The last column of a CSV that Ordex writes: a JSON array of the titles whose cells in the row are JSON."""

UNTYPED_KEY = "_untyped"
"""The member of a JSON row that names metadata whose text may stand for a value of another type."""

SHEET_MARK = "_sheet"
"""The last column of a spreadsheet-safe file: cells are protected by an apostrophe."""

OWN_COLUMNS = frozenset({LINE_KEY, REASON_KEY, TEXT_KEY, SHEET_MARK, JSON_KEY})
