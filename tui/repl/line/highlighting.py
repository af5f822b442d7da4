"""Colours for a line while it is typed: pure, total, and with the grammar that runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.repl.line.argument_words import ArgumentSlot, parse_arguments
from tui.repl.line.line_error import LineError
from tui.repl.line.values import is_expression
from tui.repl.line.vocabulary import arguments_of, get_verb, is_imported, rest_of_line, verb_names
from tui.repl.line.words import Word, after_space, read_word

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class HighlightSpan:
    """``text[start:end]`` has this kind, see ``looks.STYLE``."""

    start: int
    end: int
    kind: str


def highlight_spans(text: str) -> list[HighlightSpan]:
    """The spans of a line, in order and apart from each other. Never raises.

    Highlighting does not import a verb: its words stay plain until it was imported.
    """
    return list(_line(text, 0))


def _line(text: str, begin: int) -> Iterator[HighlightSpan]:
    words, rest = _words(text, begin)
    if len(words) > 1 and words[1].text == "=" and not words[1].quoted:
        yield HighlightSpan(words[0].start, words[0].end, "name")
        yield HighlightSpan(words[1].start, words[1].end, "operator")
        yield from _line(text, words[1].end)
        return
    if words:
        inner = _inner(text, words)
        if inner is None:
            yield from _words_of(text, words)
            yield from _end(text, rest)
        else:
            yield HighlightSpan(words[0].start, words[0].end, "verb")
            yield from inner
    else:
        yield from _end(text, rest)


def _words(text: str, begin: int) -> tuple[list[Word], int]:
    """The words, and where they end: at a pipe, a file, a comment, or a quote without an end."""
    words: list[Word] = []
    at = after_space(text, begin)
    while at < len(text) and text[at] not in "|#" and not _redirects(text, at):
        try:
            word = read_word(text, at)
        except LineError:
            return words, at
        words.append(word)
        at = after_space(text, word.end)
    return words, at


def _redirects(text: str, at: int) -> bool:
    return text[at] == ">" and text[at + 1 : at + 2] != "="


def _end(text: str, at: int) -> Iterator[HighlightSpan]:
    if at >= len(text):
        return
    if text[at] == "#":
        yield HighlightSpan(at, len(text), "comment")
    elif text[at] in "|>":
        signs = 2 if text.startswith(">>", at) else 1
        yield HighlightSpan(at, at + signs, "operator")
        if at + signs < len(text):
            yield HighlightSpan(at + signs, len(text), "shell")
    else:
        yield HighlightSpan(at, len(text), "string")


def _inner(text: str, words: Sequence[Word]) -> Iterator[HighlightSpan] | None:
    tail = rest_of_line(words[0].text) if not words[0].quoted else None
    if tail is None or len(words) <= tail.heads:
        return None
    if not tail.line:
        return iter(())
    last = words[tail.heads]
    if tail.sign is not None:
        if len(words) < tail.heads + 2 or words[tail.heads + 1].text != tail.sign:
            return None
        last = words[tail.heads + 1]
    return _line(text, last.end)


def _words_of(text: str, words: Sequence[Word]) -> Iterator[HighlightSpan]:
    first, *others = words
    known = not first.quoted and first.text in verb_names()
    if is_expression(first):
        yield HighlightSpan(first.start, first.end, "value")
    elif known:
        yield HighlightSpan(first.start, first.end, "verb")
    elif first.end < len(text):
        yield HighlightSpan(first.start, first.end, "error")
    if known and is_imported(first.text):
        yield from _arguments(text, first, others)
    else:
        yield from (HighlightSpan(word.start, word.end, _kind(word)) for word in others if _kind(word))


def _arguments(text: str, first: Word, others: Sequence[Word]) -> Iterator[HighlightSpan]:
    assigned = parse_arguments(arguments_of(get_verb(first.text)), others)
    faulty = {fault.start for fault in assigned.faults if fault.end < len(text)}
    owners = {word.start: slot for slot in assigned.slots for word in slot.words}
    keys = {slot.key.start: slot for slot in assigned.slots if slot.key is not None}
    done = 0
    for word in others:
        slot = owners.get(word.start)
        if word.start < done:
            continue
        if word.start in faulty:
            yield HighlightSpan(word.start, word.end, "error")
        elif word.start in keys:
            yield from _key(word, keys[word.start])
        elif slot is not None and slot.argument.kind == "filter" and not slot.dashed:
            yield from _filter(text, slot)
            done = slot.words[-1].end
        elif _kind(word):
            yield HighlightSpan(word.start, word.end, _kind(word))


def _key(word: Word, slot: ArgumentSlot) -> Iterator[HighlightSpan]:
    """``--name`` or the bare name; with ``=`` the value's part is coloured by itself."""
    inline = slot.words[0].start if slot.words and slot.words[0].start < word.end else word.end
    yield HighlightSpan(word.start, inline, "option")
    if inline < word.end:
        yield HighlightSpan(inline, word.end, "string")


def _filter(text: str, slot: ArgumentSlot) -> Iterator[HighlightSpan]:
    from tui.orders.filter import highlight

    start, end = slot.words[0].start, slot.words[-1].end
    if text[start] == "'":
        yield HighlightSpan(start, end, "string")
        return
    for span in highlight(text[start:end]):
        yield HighlightSpan(start + span.start, start + span.end, span.kind)


def _kind(word: Word) -> str:
    if is_expression(word):
        return "value"
    if word.quoted:
        return "string"
    if any(piece.kind == "json" for piece in word.pieces):
        return "json"
    return "number" if word.text.isdigit() else ""
