"""The JSON object that a command sends: from a file or standard input, changed by ``--set``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.verb import Argument, InputError
from tui.orders.changes import assign, check_sequence, parse_assignment, read_value
from tui.orders.paths import PathError
from tui.orders.request import InvalidFields, OrderUpdateRequest, read_document, read_request

if TYPE_CHECKING:
    from tui.orders.api_object import ApiDocument

FILE = Argument(
    "file", "file", "Read a JSON object as the API takes it; - is standard input.", metavar="FILE"
)

SET = Argument(
    "set",
    "pair",
    "Set one field, e.g. items[0].quantity=2; path-= removes it. Amounts in minor units.",
    metavar="PATH=VALUE",
    several=True,
)

DRY_RUN = Argument("dry_run", "flag", "Show what would be sent, and send nothing.", default=False)

YES = Argument("yes", "flag", "Do not ask; production needs --confirm.", default=False)

CONFIRM = Argument("confirm", "text", "Do not ask; for production: the profile's name.", metavar="NAME")

LARGEST = 32 * 1024 * 1024
"""Limit in bytes; an order with 500 items is far smaller."""


def document_of_file(name: str | None, read_input: Callable[[], str] | None) -> ApiDocument:
    """The document in a file; empty when none is named.

    Raises:
        InputError: the file cannot be read or holds no JSON object; names the place.
    """
    if name is None:
        return {}
    try:
        return read_document(_text(name, read_input))
    except InvalidFields as error:
        raise InputError("; ".join(f"{name}: {fault}" for fault in error.faults), argument="file") from None


def check_document(document: ApiDocument, model: type[OrderUpdateRequest], *, argument: str) -> None:
    """Refuse a document that the API would refuse.

    Raises:
        InputError: with each field and the reason.
    """
    try:
        read_request(document, model)
    except InvalidFields as error:
        raise input_error(error, argument=argument) from None


def check_assignments(texts: Sequence[str]) -> None:
    """Refuse assignments that are malformed, have a value of the wrong type, or contradict each other.

    Raises:
        InputError: with the path and the reason.
    """
    try:
        assignments = [parse_assignment(text) for text in texts]
        for asked in assignments:
            if not asked.removes:
                read_value(asked.path, asked.value)
        check_sequence(assignments)
    except (PathError, ValueError) as error:
        raise InputError(str(error), argument="set") from None


def assigned(document: ApiDocument, texts: Sequence[str]) -> ApiDocument:
    """The document after each assignment, in order.

    Raises:
        InputError: the document has no such path.
    """
    for text in texts:
        try:
            document = assign(document, text)
        except (PathError, ValueError) as error:
            raise InputError(str(error), argument="set") from None
    return document


def input_error(error: InvalidFields, *, argument: str | None = None) -> InputError:
    """The faults of a document as the error of an argument."""
    return InputError("; ".join(str(fault) for fault in error.faults), argument=argument)


def _text(name: str, read_input: Callable[[], str] | None) -> str:
    if name == "-":
        if read_input is None:
            raise InputError("no standard input; name a file", argument="file")
        return read_input()
    try:
        path = Path(name)
        if path.stat().st_size > LARGEST:
            raise InputError(f"{name} is larger than {LARGEST // 2**20} MB", argument="file")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise InputError(f"{name}: {reason}", argument="file") from None
