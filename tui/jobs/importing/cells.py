"""One CSV cell becomes one value, and the protection of spreadsheet-safe files is taken off."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from tui.orders.amounts import DECIMALS, AmountError, parse_amount
from tui.orders.order import STATUSES
from tui.orders.strict_json import JsonError, read_json, read_number

from .dialect import Decimal
from .fields import Kind

_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0*)?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?\Z", re.ASCII)
_TYPED = re.compile(r"[-0-9\[{]|true\Z|false\Z|null\Z", re.ASCII)
"""How JSON begins that is no text."""

_TRUTH = {"true": True, "false": False}
_SPACES = {ord(sign): " " for sign in "\u00a0\u2009\u202f"}
_SWAPPED = str.maketrans(",.", ".,")


class CellError(ValueError):
    """The cell does not hold what its column says; the message completes “column …”."""


def value_of(cell: str, kind: Kind, *, decimals: int = DECIMALS, decimal: Decimal = ".") -> Any:
    """Read a cell that is not empty.

    Raises:
        CellError: it is not of that kind.
    """
    if kind in {"text", "current"}:
        return cell
    typed = cell.strip()
    if kind == "amount":
        return _amount(typed, decimals, decimal)
    if decimal == "," and kind in {"integer", "number"}:
        typed = typed.translate(_SWAPPED)
    return _READ[kind](typed)


def may_be_typed(cell: str) -> bool:
    """Whether the text of a metadata cell may stand for a value that is no text, as ``5`` and ``[1]`` may."""
    if not _TYPED.match(cell) or cell[-1].isspace():
        return False
    try:
        json.loads(cell)
    except (ValueError, RecursionError):
        return False
    return True


def unprotected(cell: str) -> str:
    """The cell as it was before it was made safe for spreadsheets."""
    return cell[1:] if cell.startswith("'") else cell


def _amount(typed: str, decimals: int, decimal: Decimal) -> int:
    text = _without_currency(typed).translate(_SPACES)
    try:
        return parse_amount(text.translate(_SWAPPED) if decimal == "," else text, decimals=decimals)
    except AmountError:
        sample = "1.234,50" if decimal == "," else "1,234.50"
        places = "" if decimals == DECIMALS else f" with at most {decimals} decimals"
        raise CellError(f"must be an amount like {sample}{places}") from None


def _without_currency(typed: str) -> str:
    """``€ 12.50`` without its sign, since the API names no currency; letters such as ``USD`` are refused."""
    if typed and unicodedata.category(typed[0]) == "Sc":
        return typed[1:].lstrip()
    if typed and unicodedata.category(typed[-1]) == "Sc":
        return typed[:-1].rstrip()
    return typed


def _status(typed: str) -> str:
    if typed.upper() not in STATUSES:
        raise CellError(f"must be one of {', '.join(STATUSES)}, in any case")
    return typed.upper()


def _integer(typed: str) -> int:
    if not _WHOLE.match(typed):
        hint = " in minor units; 12.50 is written 1250" if "." in typed or "," in typed else ""
        raise CellError(f"must be a whole number{hint}")
    return int(typed.partition(".")[0])


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


def _json(typed: str) -> Any:
    try:
        return read_json(typed)
    except JsonError as error:
        raise CellError(error.reason) from None


_READ = {"status": _status, "integer": _integer, "number": _number, "boolean": _boolean, "json": _json}
