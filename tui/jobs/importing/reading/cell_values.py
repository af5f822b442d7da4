"""One CSV cell becomes one value, and the protection of spreadsheet-safe files is taken off."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from tui.jobs.importing.mapping.import_fields import CellKind, is_money
from tui.orders.amounts import DECIMALS, AmbiguousAmount, AmountError, DecimalMark, parse_amount
from tui.orders.json_rules import JsonError, read_number
from tui.orders.order import STATUSES
from tui.orders.strict_json import read_json
from tui.orders.times import format_api_time, parse_file_time

_WHOLE = re.compile(r"[+-]?\d{1,18}(?:[.,]0*)?\Z", re.ASCII)
_MINOR = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?\Z", re.ASCII)
_TYPED = re.compile(r"[-0-9\[{]|true\Z|false\Z|null\Z", re.ASCII)
"""The beginnings of JSON values other than text."""

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,3}\Z", re.ASCII)
_TRUTH = {"true": True, "false": False}
_SWAPPED = str.maketrans(",.", ".,")
_IDENTIFIERS = ("source_id", "sku_id", "product_id", ".id")


class CellError(ValueError):
    """The cell does not hold what its column says; the message completes “column …”."""


def parse_cell(
    cell: str,
    kind: CellKind,
    path: str = "",
    *,
    decimals: int = DECIMALS,
    decimal: DecimalMark | None = None,
) -> Any:
    """Read a cell that is not empty.

    Args:
        cell: what the file has.
        kind: how its column is read.
        path: the field that it fills; money and identifiers have rules of their own.
        decimals: those of the currency.
        decimal: the sign before decimals, where the file's is known.

    Raises:
        CellError: it is not of that kind.
    """
    if kind in {"text", "current"}:
        if path.endswith(_IDENTIFIERS) and _SCIENTIFIC.match(cell.strip()):
            raise CellError(
                "is a number that a spreadsheet has shortened; format its column as text and export it again"
            )
        return cell
    typed = cell.strip()
    if kind == "amount":
        return _amount(typed, decimals, decimal)
    if kind in {"integer", "number"} and is_money(path):
        return _minor_units(typed, decimals, decimal)
    if kind == "integer":
        return _integer(typed)
    if decimal == "," and kind == "number":
        typed = typed.translate(_SWAPPED)
    return _READ[kind](typed)


def may_be_typed(cell: str) -> bool:
    """Whether the text of a metadata cell may be a value other than text, such as ``5`` and ``[1]``."""
    if not _TYPED.match(cell) or cell[-1].isspace():
        return False
    try:
        json.loads(cell)
    except (ValueError, RecursionError):
        return False
    return True


def is_in_units(cell: str) -> bool:
    """Whether an amount is certainly not in minor units: it has decimals, thousands or a currency."""
    return any(map(str.isdigit, cell)) and not _MINOR.match(cell.strip())


def _amount(typed: str, decimals: int, decimal: DecimalMark | None) -> int:
    try:
        return parse_amount(typed, decimals=decimals, mark=decimal)
    except AmbiguousAmount as error:
        raise CellError(f"is ambiguous: {error}; pass --decimal-point or --decimal-comma") from None
    except AmountError as error:
        sample = "1.234,50" if decimal == "," else "1,234.50"
        places = "" if decimals == DECIMALS else f" with at most {decimals} decimals"
        reason = f": {error}" if "decimals;" in str(error) else ""
        raise CellError(f"must be an amount like {sample}{places}{reason}") from None


def _minor_units(typed: str, decimals: int, decimal: DecimalMark | None) -> int:
    if _MINOR.match(typed):
        return int(typed)
    hint = "; 12.50 is written 1250"
    with suppress(AmountError):
        hint = f"; {typed} is written {parse_amount(typed, decimals=decimals, mark=decimal)}"
    raise CellError(f"must be a whole number in minor units{hint}, or its column is of kind amount")


def _status(typed: str) -> str:
    if typed.upper() not in STATUSES:
        raise CellError(f"must be one of {', '.join(STATUSES)}, in any case")
    return typed.upper()


def _integer(typed: str) -> int:
    if not _WHOLE.match(typed):
        raise CellError("must be a whole number")
    return int(re.split("[.,]", typed)[0])


def _number(typed: str) -> int | float:
    if not _NUMBER.match(typed):
        raise CellError("must be a number like 1250 or 12.5")
    try:
        return read_number(typed.removeprefix("+"))
    except ValueError as error:
        raise CellError(str(error)) from None


def _boolean(typed: str) -> bool:
    if typed.lower() not in _TRUTH:
        raise CellError("must be true or false")
    return _TRUTH[typed.lower()]


def _time(typed: str) -> str:
    moment = parse_file_time(typed)
    if moment is None:
        raise CellError("must be a date with the year first, like 2024-01-31 or 2024-01-31 14:05:00 +0200")
    return format_api_time(moment)


def _list(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _json(typed: str) -> Any:
    try:
        return read_json(typed)
    except JsonError as error:
        raise CellError(error.reason) from None


_READ = {
    "status": _status,
    "number": _number,
    "boolean": _boolean,
    "time": _time,
    "list": _list,
    "json": _json,
}
