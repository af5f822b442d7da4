"""The kinds of value that a request may hold, each refusing in plain words.

See ``docs/voucherify-api.md#order-requests``.

A field that was not given is absent from the request; a given null is refused unless the API takes null.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from tui.orders.times import instant

T = TypeVar("T")

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps to its last digit."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def _not_null(value: object) -> object:
    if value is None:
        raise PydanticCustomError("null", "must not be null; leave the field out instead")
    return value


def _not_empty(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "must not be empty")
    if text in {".", ".."}:
        raise PydanticCustomError("dots", "must be more than dots; the service could not be asked for it")
    return text


def _day(text: str) -> str:
    try:
        date.fromisoformat(text if _DATE.match(text) else "")
    except ValueError:
        raise PydanticCustomError("day", "must be a date like 1990-01-31") from None
    return text


def _moment(text: str) -> str:
    if "T" not in text or instant(text) is None:
        raise PydanticCustomError("moment", "must be a time like 2026-01-31T14:05:00.000Z")
    return text


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number", "must be a number")
    if not math.isfinite(value):
        raise PydanticCustomError("number", "must be a number that JSON can hold")
    if value < 0:
        raise PydanticCustomError("number", "must not be negative")
    return value


Given = Annotated[T | None, BeforeValidator(_not_null)]
"""A field that may be absent but never null; ``None`` stands for absent."""

Text = str
Identifier = Annotated[str, AfterValidator(_not_empty)]
Day = Annotated[str, AfterValidator(_day)]
"""``YYYY-MM-DD``."""

Moment = Annotated[str, AfterValidator(_moment)]
"""ISO 8601 with date and time."""

WholeNumber = Annotated[int, Field(ge=0, le=LARGEST)]
"""An amount in minor units or a quantity."""

PositiveNumber = Annotated[int, Field(ge=1, le=LARGEST)]
CataloguePrice = Annotated[int | float, PlainValidator(_number)]
"""The price of a product or SKU, in minor units; the schema lets it be any number."""
