"""Request bodies: JSON in ASCII, so that any text of an order survives, half a surrogate pair too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .errors import Unsendable


def encoded(body: object) -> bytes:
    """The body as JSON.

    Raises:
        Unsendable: it holds what JSON cannot (NaN, a circle, an object of Python).
    """
    try:
        text = json.dumps(body, ensure_ascii=True, allow_nan=False, separators=(",", ":"), default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        reason = _reason(error)
    else:
        return text.encode("ascii")
    raise Unsendable(f"The body cannot be written as JSON: {reason}")


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, TypeError):
        return f"it holds a value or key that JSON has no form for ({str(error)[:80]})"
    return "it holds itself" if "Circular" in str(error) else "it holds a number that is not finite"
