"""The options of ``import`` for reading a CSV with other columns than the API's fields."""

from __future__ import annotations

from dataclasses import dataclass

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
"""The options in the order in which the help lists them."""


@dataclass(frozen=True)
class ColumnOptions:
    """Values of ``COLUMN_ARGUMENTS``, by the names of the arguments."""

    mapping: str | None = None
    map: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    save_mapping: str | None = None
    propose: bool = False
    decimals: int | None = None
    currency: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal_comma: bool = False
    decimal_point: bool = False
    skip_lines: int | None = None
    no_quotes: bool = False

    def first_given(self) -> str | None:
        """The first option that was given, as it is typed."""
        given = (a.option for a in COLUMN_ARGUMENTS if getattr(self, a.name) not in (None, False, ()))
        return next(given, None)
