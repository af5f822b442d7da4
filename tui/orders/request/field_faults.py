"""Faults of a request, with the same messages for a form, a file and the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tui.errors import OrdexError
from tui.orders.paths import format_path

SHOWN = 60
"""Characters of a refused value that a fault repeats."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One value that cannot be sent.

    ``path`` is where (``items[0].quantity``), ``message`` what it must be, ``shown`` the value as JSON, cut
    to a readable length and plain ASCII; empty when there is no value.
    """

    path: str
    message: str
    shown: str = ""

    def __str__(self) -> str:
        place = self.path or "the order"
        return f"{place} {self.message}" + (f" (it is {self.shown})" if self.shown else "")


class InvalidFields(OrdexError, ValueError):
    """A request that the API would refuse, refused before it is sent; ``faults`` name each field."""

    title = "The order cannot be sent"
    hint = "Correct these fields."

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def faults_of(error: ValidationError, *, within: tuple[str | int, ...] = ()) -> tuple[FieldFault, ...]:
    """The faults that a request model found, in its order; ``within`` is put before each path."""
    return tuple(_fault(detail, within) for detail in error.errors(include_url=False))


def shown_value(value: Any) -> str:
    """A value for a message: JSON in ASCII, at most ``SHOWN`` characters."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        text = json.dumps(f"a value of type {type(value).__name__}")
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _fault(detail: ErrorDetails, within: tuple[str | int, ...]) -> FieldFault:
    context = detail.get("ctx", {})
    path = (*within, *detail["loc"])
    value = detail["input"]
    if field := context.get("field"):
        path, value = (*path, field), None
    shown = "" if value is None or isinstance(value, dict | list) else shown_value(value)
    return FieldFault(format_path(path), _message(detail, context), shown)


_MESSAGES = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "less_than_equal": "must be at most {le:,}",
    "too_long": "must have at most {max_length} entries; there are {actual_length}",
}


def _message(detail: ErrorDetails, context: dict[str, Any]) -> str:
    kind = detail["type"]
    if kind == "greater_than_equal":
        return f"must be at least {context['ge']}" if context["ge"] else "must not be negative"
    if kind == "literal_error":
        return "must be one of " + str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return _MESSAGES[kind].format_map(context) if kind in _MESSAGES else detail["msg"]
