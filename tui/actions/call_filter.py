"""Which calls of the log are shown: words that all must fit.

GET  post        the method
404  4xx         the status; ``error`` is a call without an answer
>500ms  <1s      how long it took
try              a second attempt or a later one
orders  -import  a part of the method, the target, the outcome or the request id; - is without
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .call_words import outcome, target

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall

Fits = Callable[["ApiCall"], bool]

METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})

_NAMED: dict[str, Fits] = {
    "error": lambda call: call.status is None,
    "try": lambda call: call.attempt > 1,
}
_STATUS = re.compile(r"[1-5](?:xx|\d\d)", re.IGNORECASE)
_DURATION = re.compile(r"([<>])(\d+(?:\.\d+)?)(ms|s)?", re.IGNORECASE)


def call_filter(text: str) -> Fits:
    """What a text of words lets through; an empty one lets through everything."""
    words = [_word(word) for word in text.split()]
    return lambda call: all(fits(call) for fits in words)


def _word(word: str) -> Fits:
    if len(word) > 1 and word.startswith("-"):
        kept = _word(word[1:])
        return lambda call: not kept(call)
    if word.upper() in METHODS:
        return lambda call: call.method == word.upper()
    if _STATUS.fullmatch(word):
        begins = word.lower().removesuffix("xx")
        return lambda call: call.status is not None and str(call.status).startswith(begins)
    if duration := _DURATION.fullmatch(word):
        return _took(*duration.groups())
    needle = word.lower()
    return _NAMED.get(needle) or (lambda call: needle in _text(call))


def _took(sign: str, number: str, unit: str | None) -> Fits:
    seconds = float(number) * (1 if (unit or "ms").lower() == "s" else 0.001)
    if sign == "<":
        return lambda call: call.seconds < seconds
    return lambda call: call.seconds > seconds


def _text(call: ApiCall) -> str:
    return f"{call.method} {target(call)} {outcome(call)} {call.request_id or ''}".lower()
