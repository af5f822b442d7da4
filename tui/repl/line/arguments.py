"""Typed argument values from words, or an error that points at the word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tui.actions.verb import Argument
from tui.name_suggestions import suggestion_for
from tui.repl.line.argument_words import ArgumentSlot, ParsedArguments, parse_arguments
from tui.repl.line.line_error import LineError
from tui.repl.line.statements import ParsedLine
from tui.repl.line.values import expand_filter, expand_word
from tui.repl.line.words import Word
from tui.repl.repl_state import ReplState

Expand = Callable[[Word], list[str]]


def read_arguments(
    verb: str, arguments: Sequence[Argument], line: ParsedLine, memory: ReplState
) -> dict[str, Any]:
    """The arguments in the words after the command's name, without those that are absent.

    Raises:
        LineError: a word is unexpected, a value is invalid, or a required argument is missing.
    """
    assigned = parse_arguments(arguments, line.words[1:])
    if assigned.faults:
        fault = assigned.faults[0]
        raise LineError(fault.message, text=line.text, position=fault.start, length=fault.end - fault.start)
    given: dict[str, Any] = {}
    for argument in arguments:
        slots = assigned.given(argument)
        if slots:
            given[argument.name] = _value(argument, slots, line, memory)
    _check_required(verb, arguments, assigned, line)
    return given


def _check_required(
    verb: str, arguments: Sequence[Argument], assigned: ParsedArguments, line: ParsedLine
) -> None:
    for argument in arguments:
        if argument.required and not assigned.given(argument):
            name = argument.metavar or argument.name.upper()
            about = f": {argument.help[:1].lower()}{argument.help[1:]}".rstrip(".") if argument.help else ""
            raise LineError(f"{verb} needs {name}{about}", text=line.text, position=line.end)


def _value(argument: Argument, slots: list[ArgumentSlot], line: ParsedLine, memory: ReplState) -> Any:
    if argument.kind == "flag":
        return True
    for slot in slots:
        if not slot.words and slot.key is not None:
            name = argument.metavar or argument.name.upper()
            raise _fault(f"{slot.key.text} needs a value: {name}", line, slot.key)
    if argument.kind == "filter":
        return " ".join(_filter_text(slot, line, memory) for slot in slots)
    read = [
        _converted(argument, text, word, line)
        for slot in slots
        for word in slot.words
        for text in expand_word(word, line.text, memory)
    ]
    if argument.several:
        return tuple(read)
    if len(read) != 1:
        wanted = argument.metavar or argument.name
        raise _fault(f"expected one {wanted}, got {len(read)}", line, slots[0].words[0])
    return read[0]


def _filter_text(slot: ArgumentSlot, line: ParsedLine, memory: ReplState) -> str:
    """One quoted word without its quotes, or all words unchanged, quotes included."""
    alone = slot.words[0] if len(slot.words) == 1 else None
    raw = line.text[slot.words[0].start : slot.words[-1].end]
    if alone is not None and (slot.dashed or raw.startswith("'")):
        return " ".join(expand_word(alone, line.text, memory))
    try:
        return expand_filter(raw, memory)
    except LineError as error:
        raise _fault(str(error), line, slot.words[0], slot.words[-1]) from None


def _converted(argument: Argument, text: str, word: Word, line: ParsedLine) -> Any:
    if argument.kind == "number":
        return _number(argument, text, word, line)
    if argument.kind == "choice":
        return _choice(argument, text, word, line)
    if argument.kind == "file" and not word.quoted and text.startswith("~"):
        return str(Path(text).expanduser())
    return text


def _number(argument: Argument, text: str, word: Word, line: ParsedLine) -> int:
    sign, digits = text[:1] in "+-", text.lstrip("+-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18 and len(text) - len(digits) <= sign):
        raise _fault(f"{argument.name} must be a whole number", line, word)
    number = int(text)
    if argument.minimum is not None and number < argument.minimum:
        raise _fault(f"{argument.name} must be at least {argument.minimum:,}", line, word)
    if argument.maximum is not None and number > argument.maximum:
        raise _fault(f"{argument.name} must be at most {argument.maximum:,}", line, word)
    return number


def _choice(argument: Argument, text: str, word: Word, line: ParsedLine) -> str:
    if text in argument.choices:
        return text
    hint = suggestion_for(text, argument.choices)
    raise _fault(f"{argument.name} must be one of {', '.join(argument.choices)}{hint}", line, word)


def _fault(message: str, line: ParsedLine, word: Word, last: Word | None = None) -> LineError:
    return LineError(message, text=line.text, position=word.start, length=(last or word).end - word.start)
