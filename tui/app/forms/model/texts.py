"""Between a value of the document and the text in its field.

A value that the field could not give back exactly (another type than it should have, a hidden character, a
very long text) is *kept*: it is shown, and stays as it is until something else is typed.
"""

from __future__ import annotations

import json
from typing import Any

from tui.errors import OrdexError
from tui.orders.amounts import DECIMALS, AmbiguousAmount, AmountError, format_amount, parse_amount
from tui.orders.changes import ABSENT
from tui.terminal.visible import hidden_characters, visible

from .fields import FLAG_WORDS, FormField, Kind

LONGEST = 2000
"""Characters of a text that is edited in a field of one line."""


class Unreadable(OrdexError, ValueError):
    """What was typed is no value of the field; the message says what it must be (“must be …”)."""

    title = "The value cannot be read"


def text_of(field: FormField, value: Any, *, decimals: int = DECIMALS) -> str | None:
    """The text that a field shows for a value; ``None`` when the value can only be kept as it is."""
    if value is ABSENT or value is None:
        return ""
    text = _text(field.kind, value, decimals)
    if text is None or len(text) > LONGEST or has_hidden(text):
        return None
    return text


def has_hidden(text: str) -> bool:
    """Whether a text of one line could not be seen or typed as it is."""
    return bool(hidden_characters(text)) or any(sign in text for sign in "\r\n\t")


def kept_text(value: Any) -> str:
    """How a kept value is shown: safe, in one line."""
    if isinstance(value, str):
        return visible(value, limit=200)
    try:
        return visible(json.dumps(value, ensure_ascii=False), limit=200)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


def value_of(field: FormField, text: str, *, decimals: int = DECIMALS) -> Any:
    """The value that a typed text means; ``ABSENT`` for no text, or null where null clears the field.

    Raises:
        Unreadable: with what it must be.
    """
    if not text.strip() and field.kind != "text":
        return ABSENT
    if not text:
        return None if field.nullable else ABSENT
    if field.kind == "amount":
        return amount_of(text, decimals=decimals)
    if field.kind == "whole":
        return _whole(text)
    if field.kind == "flag":
        return text == FLAG_WORDS[0]
    return text.strip() if field.kind in ("moment", "day") else text


def amount_of(text: str, *, decimals: int = DECIMALS) -> int:
    """An amount as people write it, in minor units.

    Raises:
        Unreadable: it is none.
    """
    try:
        return parse_amount(text, decimals=decimals)
    except AmbiguousAmount as error:
        raise Unreadable(f"is ambiguous: {error}") from None
    except AmountError:
        example = "12.50" if decimals else "1250"
        limit = f", with at most {decimals} decimals" if decimals else ", without decimals"
        raise Unreadable(f"must be an amount like {example}{limit}") from None


def _text(kind: Kind, value: Any, decimals: int) -> str | None:
    if kind == "flag":
        return FLAG_WORDS[not value] if isinstance(value, bool) else None
    if isinstance(value, str):
        return value if value and kind not in ("amount", "whole") else None if value else ""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    if kind == "amount":
        return format_amount(value, decimals=decimals, grouping="")
    return str(value) if kind == "whole" else None


def _whole(text: str) -> int:
    digits = text.strip().replace(",", "").replace("_", "")
    if not digits.lstrip("+-").isdecimal() or not digits.isascii() or len(digits) > 20:
        raise Unreadable("must be a whole number")
    try:
        return int(digits)
    except ValueError:
        raise Unreadable("must be a whole number") from None
