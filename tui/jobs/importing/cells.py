"""One CSV cell becomes one value, and the protection of spreadsheet-safe files is taken off."""

from __future__ import annotations

import json
import re
from typing import Any

from tui.orders.amounts import DECIMALS, AmountError, parse_amount

from .fields import Kind

_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0*)?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?\Z", re.ASCII)
_TRUTH = {"true": True, "false": False}


class CellError(ValueError):
    """The cell does not hold what its column says; the message completes “column …”."""


def value_of(cell: str, kind: Kind, *, decimals: int = DECIMALS) -> Any:
    """Read a cell that is not empty.

    Raises:
        CellError: it is not of that kind.
    """
    if kind == "text":
        return cell
    typed = cell.strip()
    if kind == "amount":
        try:
            return parse_amount(typed, decimals=decimals)
        except AmountError as error:
            raise CellError(f"must be an amount: {error}") from None
    return _READ[kind](typed)


def unprotected(cell: str) -> str:
    """The cell as it was before it was made safe for spreadsheets."""
    return cell[1:] if cell.startswith("'") else cell


def _integer(typed: str) -> int:
    if not _WHOLE.match(typed):
        hint = " in minor units; 12.50 is written 1250" if "." in typed or "," in typed else ""
        raise CellError(f"must be a whole number{hint}")
    return int(typed.partition(".")[0])


def _number(typed: str) -> int | float:
    if not _NUMBER.match(typed):
        raise CellError("must be a number like 1250 or 12.5")
    return float(typed) if "." in typed else int(typed)


def _boolean(typed: str) -> bool:
    if typed.lower() not in _TRUTH:
        raise CellError("must be true or false")
    return _TRUTH[typed.lower()]


def _json(typed: str) -> Any:
    try:
        return json.loads(typed)
    except (ValueError, RecursionError):
        raise CellError("must be JSON") from None


_READ = {"integer": _integer, "number": _number, "boolean": _boolean, "json": _json}
