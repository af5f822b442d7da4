"""Amounts of money: integers in minor units inside, ``12.50`` in input and output.

The API names no currency, so the number of decimals is a setting of the profile (default 2). For a file
that names currencies see ``decimals_of``.
"""

from __future__ import annotations

import re
from typing import Literal

from tui.errors import OrdexError

DECIMALS = 2

DecimalMark = Literal[".", ","]

_TWO_DECIMALS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR
ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWL
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_CURRENCIES = {
    **dict.fromkeys(_TWO_DECIMALS.split(), 2),
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
}
"""Decimals by ISO 4217 code."""

_SIGNS_WITHOUT_DECIMALS = {"¥": "JPY", "₩": "KRW", "₫": "VND", "₲": "PYG"}
"""Signs of currencies that may have no decimals; ``¥`` is that of the yuan, too."""

LONGEST = 60
"""The most characters of an amount."""

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d[\d.,' _]*|[.,]\d+)\Z", re.ASCII)
_UNUSUAL = {
    **{ord(space): " " for space in "\u00a0\u2007\u2009\u202f"},
    ord("\u2212"): "-",
    ord("\u2019"): "'",
}
_CURRENCY = r"[A-Za-z]{3}|[A-Z]{0,2}[$£€¥₩₫₲₹₽₺₴₪₦₱₡₵฿¤]|kr\.?|zł|Kč|Ft|lei|Fr\."
_WITH_CURRENCY = re.compile(
    rf"(?P<sign>[+-]?)\s*(?:(?P<before>{_CURRENCY})\s*)?(?P<number>[+-]?[\d.,].*?)"
    rf"(?:\s*(?P<after>{_CURRENCY}))?\Z"
)


class AmountError(OrdexError, ValueError):
    """The text is not an amount; the message names the fault and an example of the right form."""

    title = "This is not an amount"


class AmbiguousAmount(AmountError):
    """The text is an amount in two ways, such as ``3,000``: 3.00 or 3,000.00."""


def decimals_of(currency: str) -> int | None:
    """The decimals of a currency by its ISO 4217 code, in any case; ``None`` where it is not such a code."""
    return _CURRENCIES.get(currency.strip().upper())


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


def parse_amount(text: str, *, decimals: int = DECIMALS, mark: DecimalMark | None = None) -> int:
    """Read an amount as people write it into minor units: ``12.50`` is ``1250``, ``1 234,5`` is ``123450``.

    Args:
        text: a number with a currency's code or sign before or behind it, groups of thousands and decimals.
        decimals: those of the currency.
        mark: what stands before decimals; without it, an amount that depends on it is ambiguous.

    Raises:
        AmbiguousAmount: it can be read in two ways.
        AmountError: it is not a number, or has more decimals than the currency.
    """
    plain, negative = _without_currency(text, decimals)
    found = _NUMBER.match(plain)
    if found is None:
        raise _no_amount(text)
    digits = found["digits"]
    before, cents = _parted(digits, mark or _mark_of(digits, decimals, text))
    whole = _without_groups(before)
    if whole is None or not (cents or "0").isdigit():
        raise _no_amount(text)
    if len(cents.rstrip("0")) > decimals:
        raise AmountError(f"“{text.strip()}” has more than {decimals} decimals")
    minor = int((whole or "0") + cents[:decimals].ljust(decimals, "0"))
    return -minor if negative != (found["sign"] == "-") else minor


def _without_currency(text: str, decimals: int) -> tuple[str, bool]:
    """The number without its currency, and whether a minus or brackets stand around both."""
    plain = text.translate(_UNUSUAL).strip()
    bracketed = plain.startswith("(") and plain.endswith(")")
    found = _WITH_CURRENCY.match(plain[1:-1].strip() if bracketed else plain)
    if found is None or len(plain) > LONGEST or (found["before"] and found["after"]):
        raise _no_amount(text)
    currency, number = found["before"] or found["after"] or "", found["number"]
    if currency.isalpha() and len(currency) == 3 and currency != "lei" and decimals_of(currency) is None:
        raise _no_amount(text)
    code = currency if decimals_of(currency) is not None else _SIGNS_WITHOUT_DECIMALS.get(currency[-1:], "")
    if code and decimals_of(code) != decimals and (currency != "¥" or number.isdigit()):
        raise AmountError(
            f"“{text.strip()}” is in {code.upper()}, which has {decimals_of(code)} decimals;"
            f" amounts are read with {decimals} here"
        )
    if found["sign"] and number[:1] in "+-":
        raise _no_amount(text)
    return number, bracketed != (found["sign"] == "-")


def _mark_of(digits: str, decimals: int, text: str) -> DecimalMark:
    """What stands before the decimals, by the digits alone."""
    marks: list[DecimalMark] = [sign for sign in digits if sign in ".,"]  # type: ignore[misc] # one of them
    if not marks:
        return "."
    last = marks[-1]
    other: DecimalMark = "," if last == "." else "."
    if len(marks) > 1:
        return last if other in marks else other
    before, _, after = digits.partition(last)
    whole = re.sub(r"[' _]", "", before)
    could_group = len(after) == 3 and 0 < len(whole) <= 3 and whole != "0" and whole == before
    if not could_group or (last == "." and decimals == 3):
        return last
    if last == "," and decimals == 0:
        return other
    grouped = format_amount(int(whole + after) * 10**decimals, decimals=decimals)
    cents = after.rstrip("0").ljust(decimals, "0")
    raise AmbiguousAmount(f"“{text.strip()}” could be {whole}{'.' if cents else ''}{cents} or {grouped}")


def _parted(digits: str, mark: DecimalMark) -> tuple[str, str]:
    before, _, cents = digits.rpartition(mark) if mark in digits else (digits, "", "")
    return before, cents


def _without_groups(whole: str) -> str | None:
    """The digits of a whole number with or without groups of thousands; ``None`` where it is neither."""
    if not whole or whole.isdigit():
        return whole
    sign = next(sign for sign in whole if not sign.isdigit())
    first, *groups = whole.split(sign)
    fits = 1 <= len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in groups)
    return first + "".join(groups) if fits and (first + "".join(groups)).isdigit() else None


def _no_amount(text: str) -> AmountError:
    return AmountError(f"“{text.strip()[:LONGEST]}” is not an amount; write it like 12.50 or 1,234.50")
