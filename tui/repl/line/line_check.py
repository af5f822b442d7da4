"""The problem of a line while it is typed."""

from __future__ import annotations

from tui.repl.line.argument_words import ArgumentSlot, parse_arguments
from tui.repl.line.line_error import LineError
from tui.repl.line.statements import Command, read_statement
from tui.repl.line.vocabulary import arguments_of, find_verb, is_imported, rest_of_line


def find_problem(text: str) -> str | None:
    """The first problem of a line that more typing cannot fix.

    The word at the cursor is not checked, nor a command whose module is not imported yet.
    """
    try:
        statement = read_statement(text, rest_of_line)
        if not isinstance(statement, Command) or statement.name.end >= len(text):
            return None
        if statement.tail is not None:
            tail = rest_of_line(statement.name.text)
            return find_problem(text[statement.tail :]) if tail and tail.line else None
        if not is_imported(statement.name.text):
            return None
        verb = find_verb(statement.name, text)
    except LineError as error:
        return None if error.incomplete else str(error)
    assigned = parse_arguments(arguments_of(verb), statement.line.words[1:])
    for fault in assigned.faults:
        if fault.end < len(text):
            return fault.message
    return next(filter(None, (_filter_problem(slot, text) for slot in assigned.slots)), None)


def _filter_problem(slot: ArgumentSlot, text: str) -> str | None:
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
