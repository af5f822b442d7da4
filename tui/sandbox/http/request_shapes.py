"""Validation of request bodies, with the messages of the API (``docs/voucherify-api.md#error-messages``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tui.sandbox import clock


@dataclass(frozen=True, slots=True)
class TextShape:
    """A string; one of ``allowed`` if any are given; a date or date-time if ``form`` says so."""

    nullable: bool = False
    allowed: tuple[str, ...] = ()
    form: Literal["date", "date-time"] | None = None


@dataclass(frozen=True, slots=True)
class IntegerShape:
    """An integer, not below ``least``."""

    least: int | None = None


@dataclass(frozen=True, slots=True)
class NumberShape:
    """Any number."""


@dataclass(frozen=True, slots=True)
class BooleanShape:
    """True or false."""


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """An object. Properties that are not named here may hold anything."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class ArrayShape:
    """An array of at most ``most`` values of one shape."""

    item: Shape
    most: int | None = None


Shape = TextShape | IntegerShape | NumberShape | BooleanShape | ObjectShape | ArrayShape


def first_error(value: Any, shape: Shape, path: str = "") -> str | None:
    """The message about the first invalid part of ``value``, or ``None``.

    ``path`` is where the value is, such as ``.items[0]``; the empty path is the payload itself.
    """
    match shape:
        case ObjectShape():
            return _record_fault(value, shape, path)
        case ArrayShape():
            return _list_fault(value, shape, path)
        case TextShape():
            return _text_fault(value, shape, path)
        case IntegerShape():
            return _whole_fault(value, shape, path)
    fits = isinstance(value, bool) if isinstance(shape, BooleanShape) else _is_number(value)
    wanted = "boolean" if isinstance(shape, BooleanShape) else "number"
    return None if fits else f"{_named(path)} must be {wanted}"


def _whole_fault(value: Any, shape: IntegerShape, path: str) -> str | None:
    if not _is_number(value) or not isinstance(value, int):
        return f"{_named(path)} must be integer"
    if shape.least is not None and value < shape.least:
        return f"{_named(path)} cannot be lower than {shape.least}"
    return None


def _record_fault(value: Any, shape: ObjectShape, path: str) -> str | None:
    if value is None and shape.nullable:
        return None
    if not isinstance(value, dict):
        return f"{_named(path)} must be object{',null' if shape.nullable else ''}"
    for name, inner in shape.fields.items():
        if name in value:
            found = first_error(value[name], inner, f"{path}.{name}")
            if found:
                return found
    return None


def _list_fault(value: Any, shape: ArrayShape, path: str) -> str | None:
    if not isinstance(value, list):
        return f"{_named(path)} must be array"
    if shape.most is not None and len(value) > shape.most:
        return f"{_named(path)} must NOT have more than {shape.most} items"
    faults = (first_error(entry, shape.item, f"{path}[{at}]") for at, entry in enumerate(value))
    return next((found for found in faults if found), None)


def _text_fault(value: Any, shape: TextShape, path: str) -> str | None:
    if value is None and shape.nullable:
        return None
    if not isinstance(value, str):
        return f"{_named(path)} must be string{',null' if shape.nullable else ''}"
    if shape.allowed and value not in shape.allowed:
        return f"{_named(path)} must be equal to one of the allowed values [ {', '.join(shape.allowed)} ]"
    if shape.form is not None and _FORMS[shape.form](value) is None:
        return f"{_named(path)} cannot be recognized as a ISO-8601 compliant date"
    return None


_FORMS: Mapping[str, Callable[[str], object]] = {
    "date": clock.read_date,
    "date-time": clock.read_date_time,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(path: str) -> str:
    return f"Property {path}" if path else "Payload"
