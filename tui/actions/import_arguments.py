"""The arguments of ``import`` that say how a foreign CSV is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .verb import Argument

COLUMN_ARGUMENTS = (
    Argument("mapping", "mapping", "Read a CSV by this saved mapping.", metavar="NAME"),
    Argument(
        "map",
        "column_map",
        "Fill a field from a column of a CSV, e.g. 'Total=amount:amount'; 'Total=' leaves it out. "
        "Kinds: text, integer (minor units), amount (12.50), number, boolean, status (any case), "
        "time (2024-01-31 14:05 +0200), list (a, b), json.",
        metavar="HEADER=FIELD[:KIND]",
        several=True,
    ),
    Argument(
        "value",
        "text",
        "Read a cell of a column otherwise, e.g. 'State:pending=CREATED'; 'State:n/a=' is an empty cell.",
        metavar="HEADER:CELL=TEXT",
        several=True,
    ),
    Argument("save_mapping", "text", "Keep the mapping under this name, in a file.", metavar="NAME"),
    Argument(
        "propose",
        "flag",
        "Show what the columns of the CSV may be, and its first rows; send nothing.",
        default=False,
    ),
    Argument(
        "decimals",
        "number",
        "Decimals of columns of kind amount.  [default: 2]",
        minimum=0,
        maximum=4,
    ),
    Argument(
        "currency",
        "text",
        "Read the amounts of each order with the decimals of the currency in this column.",
        metavar="HEADER",
    ),
    Argument(
        "delimiter", "text", "What parts the cells: comma, semicolon, tab, bar or a sign.", metavar="SIGN"
    ),
    Argument("encoding", "text", "How the text of the CSV is written, e.g. cp1252.", metavar="NAME"),
    Argument("decimal_comma", "flag", "Amounts and numbers have decimals behind a comma.", default=False),
    Argument("decimal_point", "flag", "Amounts have decimals behind a point: 3,000 is 3000.", default=False),
    Argument(
        "skip_lines",
        "number",
        "Lines above the titles of the columns, to skip.",
        metavar="N",
        minimum=0,
        maximum=1000,
    ),
    Argument("no_quotes", "flag", "Quotation marks do not enclose cells.", default=False),
)
"""The arguments by which a foreign CSV is read."""


def nothing_given() -> dict[str, Any]:
    """What each of the arguments is when nothing is said."""
    return {a.name: () if a.several else a.default for a in COLUMN_ARGUMENTS}


def any_given(given: Mapping[str, Any]) -> str | None:
    """The first option about columns that was given."""
    named = (a.option for a in COLUMN_ARGUMENTS if given[a.name] not in (None, False, ()))
    return next(named, None)
