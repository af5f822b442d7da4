"""The arguments of ``import`` that say how a foreign CSV is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.actions.verb import Argument

COLUMN_ARGUMENTS = (
    Argument("mapping", "mapping", "Read the CSV with this mapping.", metavar="NAME"),
    Argument(
        "map",
        "column_map",
        "Fill a field from a column of the CSV, e.g. 'Total=amount:amount'; 'Total=' leaves the column "
        "out. Kinds: text, integer (minor units), amount (12.50), number, boolean, status (any case), "
        "time (2024-01-31 14:05 +0200), list (a, b), json.",
        metavar="HEADER=FIELD[:KIND]",
        several=True,
    ),
    Argument(
        "value",
        "text",
        "Replace a cell of a column, e.g. 'State:pending=CREATED'; 'State:n/a=' makes it empty.",
        metavar="HEADER:CELL=TEXT",
        several=True,
    ),
    Argument("save_mapping", "text", "Save the mapping under this name.", metavar="NAME"),
    Argument(
        "propose",
        "flag",
        "Suggest a field for each column of the CSV, show the first rows, and send nothing.",
        default=False,
    ),
    Argument(
        "decimals",
        "number",
        "Number of decimals in columns of kind amount.  [default: 2]",
        minimum=0,
        maximum=4,
    ),
    Argument(
        "currency",
        "text",
        "Use the decimals of the currency in this column.",
        metavar="HEADER",
    ),
    Argument(
        "delimiter", "text", "Cell separator: comma, semicolon, tab, bar or a character.", metavar="SIGN"
    ),
    Argument("encoding", "text", "Encoding of the CSV, e.g. cp1252.", metavar="NAME"),
    Argument("decimal_comma", "flag", "The comma is the decimal separator.", default=False),
    Argument("decimal_point", "flag", "The point is the decimal separator: 3,000 is 3000.", default=False),
    Argument(
        "skip_lines",
        "number",
        "Skip this many lines above the column titles.",
        metavar="N",
        minimum=0,
        maximum=1000,
    ),
    Argument("no_quotes", "flag", "Read quotation marks as text.", default=False),
)
"""The arguments by which a foreign CSV is read."""


def nothing_given() -> dict[str, Any]:
    """What each of the arguments is when nothing is said."""
    return {a.name: () if a.several else a.default for a in COLUMN_ARGUMENTS}


def any_given(given: Mapping[str, Any]) -> str | None:
    """The first option about columns that was given."""
    named = (a.option for a in COLUMN_ARGUMENTS if given[a.name] not in (None, False, ()))
    return next(named, None)
