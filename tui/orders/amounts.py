"""Money: integers in minor currency units inside, people's notation at the edge.

The API names no currency, so the number of decimals is the profile's (two unless it says otherwise).
"""

from __future__ import annotations

import re

from tui.errors import OrdexError

DECIMALS = 2

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, _]\d{3})+(?:\.\d*)?\Z", re.ASCII)


class AmountError(OrdexError, ValueError):
    """The text is not an amount; the message says what was wrong and what would be right."""

    title = "This is not an amount"


def format_amount(minor: float | None, *, decimals: int = DECIMALS, grouping: str = ",") -> str:
    """Write minor units as people do: ``1234550`` is ``12,345.50``. ``None`` is the empty text.

    A number that is not whole (the schema lets product prices be any number) is written with its digits.
    """
    if minor is None:
        return ""
    if isinstance(minor, float):
        if not minor.is_integer():
            return f"{minor / 10**decimals:,}".replace(",", grouping)
        minor = int(minor)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor))
    if decimals <= 0:
        return sign + f"{abs(minor):,}".replace(",", grouping)
    digits = digits.rjust(decimals + 1, "0")
    whole, cents = digits[:-decimals], digits[-decimals:]
    return f"{sign}{int(whole):,}".replace(",", grouping) + "." + cents


def parse_amount(text: str, *, decimals: int = DECIMALS) -> int:
    """Read an amount as people write it into minor units: ``12.50`` is ``1250``, ``1,234`` is ``123400``.

    Raises:
        AmountError: the text is no number, or has more decimals than the currency.
    """
    typed = text.strip()
    if not (_PLAIN.match(typed) or _GROUPED.match(typed)):
        raise AmountError(f"“{text}” is not an amount; write it like 12.50 or 1,234.50")
    plain = re.sub(r"[, _]", "", typed)
    sign = -1 if plain.startswith("-") else 1
    whole, _, cents = plain.lstrip("+-").partition(".")
    if len(cents.rstrip("0")) > decimals:
        raise AmountError(f"“{text}” has more than {decimals} decimals")
    cents = cents[:decimals].ljust(decimals, "0")
    return sign * int((whole or "0") + cents)
