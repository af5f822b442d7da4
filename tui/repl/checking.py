"""What is wrong with a line while it is typed, in one sentence."""

from __future__ import annotations

from .assignment import Slot, assign
from .line_error import LineError
from .statements import Asked, read_statement
from .vocabulary import arguments_of, find, is_read_in, tail_of


def problem(text: str) -> str | None:
    """The first fault of a line, if it has one that further typing does not mend.

    What the cursor still touches is not judged, nor is a verb that was not read in yet.
    """
    try:
        statement = read_statement(text, tail_of)
        if not isinstance(statement, Asked) or statement.name.end >= len(text):
            return None
        if statement.tail is not None:
            tail = tail_of(statement.name.text)
            return problem(text[statement.tail :]) if tail and tail.line else None
        if not is_read_in(statement.name.text):
            return None
        verb = find(statement.name, text)
    except LineError as error:
        return None if error.incomplete else str(error)
    assigned = assign(arguments_of(verb), statement.line.words[1:])
    for fault in assigned.faults:
        if fault.end < len(text):
            return fault.message
    return next(filter(None, (_filter_problem(slot, text) for slot in assigned.slots)), None)


def _filter_problem(slot: Slot, text: str) -> str | None:
    if slot.argument.kind != "filter" or slot.dashed or not slot.words or slot.words[-1].end >= len(text):
        return None
    raw = text[slot.words[0].start : slot.words[-1].end]
    if "$" in raw or raw.startswith("'"):
        return None
    from datetime import UTC, datetime

    from tui.orders.filter import FilterError, parse

    try:
        parse(raw, now=datetime.now(UTC))
    except FilterError as error:
        return str(error)
    return None
