"""Completion at the cursor: a pure function of the line, the cursor and the known values.

The grammar is the one that runs the line, so every completion is valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tui.actions.verb import Argument
from tui.actions.verbs import VERBS
from tui.repl.completion.candidates import Candidate, Completion, rank_candidates
from tui.repl.completion.value_candidates import value_candidates
from tui.repl.line.argument_words import ArgumentSlot, ParsedArguments, parse_arguments
from tui.repl.line.line_error import LineError
from tui.repl.line.vocabulary import arguments_of, find_verb, get_verb, rest_of_line, verb_names
from tui.repl.line.words import Word, after_space, read_word

if TYPE_CHECKING:
    from tui.actions.verb import Verb
    from tui.repl.completion.knowledge import Knowledge
    from tui.repl.line.vocabulary import ReplCommand

__all__ = ["Completion", "complete_line"]


def complete_line(line: str, cursor: int, knowledge: Knowledge) -> list[Completion]:
    """The completions at the cursor, most likely first.

    Text after the cursor is ignored. Texts come from the account's data: make them visible before
    showing them.
    """
    return _complete(line[: max(0, min(cursor, len(line)))], 0, knowledge)


def _complete(typed: str, begin: int, knowledge: Knowledge) -> list[Completion]:
    """Complete the line that starts at ``begin``."""
    words, at = _words(typed, begin)
    touched = bool(words) and words[-1].end == len(typed) == at
    current = words.pop() if touched else None
    start = current.start if current else len(typed)
    prefix = typed[start:]
    if _is_file_next(typed, start, begin):
        return rank_candidates(_files(knowledge, prefix), prefix, start, knowledge.used)
    if typed[at : at + 1] in ("|", "#"):
        return []
    if len(words) >= 2 and not words[1].quoted and words[1].text == "=":
        return _complete(typed, words[1].end, knowledge)
    if not words:
        return _first(prefix, start, knowledge, whole=begin == 0)
    return _behind_verb(typed, words, current, knowledge)


def _behind_verb(
    typed: str, words: Sequence[Word], current: Word | None, knowledge: Knowledge
) -> list[Completion]:
    try:
        verb = find_verb(words[0], typed)
    except LineError:
        return []
    inner = _tail_start(verb.name, typed, words)
    if inner is not None:
        return _complete(typed, inner, knowledge) if inner >= 0 else []
    return _argument(verb, words[1:], current, typed, knowledge)


def _words(typed: str, begin: int) -> tuple[list[Word], int]:
    """The words up to a pipe, an open quote's beginning counted as a word."""
    words: list[Word] = []
    at = after_space(typed, begin)
    while at < len(typed) and typed[at] not in "|#":
        try:
            word = read_word(typed, at)
        except LineError:
            return [*words, Word(at, len(typed), (), quoted=True)], len(typed)
        words.append(word)
        at = after_space(typed, word.end)
    return words, at


def _is_file_next(typed: str, start: int, begin: int) -> bool:
    before = typed[begin:start].rstrip()
    return before.endswith((" >", ">>")) or typed[start : start + 1] == ">"


def _tail_start(name: str, typed: str, words: Sequence[Word]) -> int | None:
    """Where the inner line of ``watch`` or ``alias`` begins; -1 in code, ``None`` where no tail is yet."""
    tail = rest_of_line(name)
    heads = len(words) - 1
    if tail is None or heads < tail.heads:
        return None
    if not tail.line:
        return -1
    if tail.sign is None:
        return words[tail.heads].end
    signed = heads > tail.heads and words[tail.heads + 1].text == tail.sign
    return words[tail.heads + 1].end if signed else None


def _first(prefix: str, start: int, knowledge: Knowledge, *, whole: bool) -> list[Completion]:
    if prefix.startswith(("_", "$")):
        return rank_candidates(value_candidates(prefix, knowledge), prefix, start, knowledge.used)
    known = verb_names() if whole else sorted(VERBS)
    candidates = (Candidate(name, "verb", get_verb(name).summary) for name in known)
    return rank_candidates(candidates, prefix, start, knowledge.used)


def _argument(
    verb: Verb | ReplCommand[Any],
    words: Sequence[Word],
    current: Word | None,
    typed: str,
    knowledge: Knowledge,
) -> list[Completion]:
    """Complete the word under the cursor among a verb's arguments."""
    arguments = arguments_of(verb)
    assigned = parse_arguments(arguments, words)
    start = current.start if current else len(typed)
    prefix = typed[start:]
    slot = _open_slot(assigned)
    if slot is not None and slot.argument.kind == "filter":
        found = _filter(slot, typed, knowledge)
        more = _options(arguments, assigned, prefix) if slot.words and not slot.dashed else ()
        return [*found, *rank_candidates(more, prefix, start, knowledge.used)]
    file = _file_of(assigned)
    if slot is not None and not slot.greedy:
        return _values(slot.argument, prefix, start, knowledge, file)
    if prefix.startswith("--"):
        return rank_candidates(_dashed(arguments, assigned), prefix, start, knowledge.used)
    candidates = [] if assigned.faults else list(_options(arguments, assigned, prefix))
    positional = slot.argument if slot else _next_positional(arguments, assigned)
    found = _values(positional, prefix, start, knowledge, file) if positional else []
    if not assigned.positionals_done(arguments):
        return found
    return [*found, *rank_candidates(candidates, prefix, start, knowledge.used)]


def _open_slot(assigned: ParsedArguments) -> ArgumentSlot | None:
    """The option whose value comes next."""
    last = assigned.slots[-1] if assigned.slots else None
    return last if last is not None and last.key is not None and last.open else None


def _next_positional(arguments: Sequence[Argument], assigned: ParsedArguments) -> Argument | None:
    for argument in arguments:
        if argument.positional and (argument.several or not assigned.given(argument)):
            return argument
    return None


def _options(arguments: Sequence[Argument], assigned: ParsedArguments, prefix: str) -> Iterator[Candidate]:
    if prefix.startswith(("-", '"', "'")):
        return
    for argument in arguments:
        if not argument.positional and (argument.several or not assigned.given(argument)):
            yield Candidate(argument.name.replace("_", "-"), "option", argument.help)


def _dashed(arguments: Sequence[Argument], assigned: ParsedArguments) -> Iterator[Candidate]:
    for candidate in _options(arguments, assigned, ""):
        yield Candidate(f"--{candidate.text}", "option", candidate.help)


def _files(knowledge: Knowledge, prefix: str) -> Iterator[Candidate]:
    from tui.repl.line.words import quote_word

    for path in knowledge.files(prefix.lstrip(">").lstrip()):
        yield Candidate(path if path.startswith("~") else quote_word(path), "file", "")


def _file_of(assigned: ParsedArguments) -> str:
    """The file that the verb is about, if it is named already."""
    get_verb = (
        s.words[0].text for s in assigned.slots if s.argument.kind == "file" and s.key is None and s.words
    )
    return next(get_verb, "")


def _values(argument: Argument, prefix: str, start: int, knowledge: Knowledge, file: str) -> list[Completion]:
    from tui.repl.completion.value_candidates import argument_candidates

    offset, part = 0, prefix
    if argument.kind == "columns":
        offset = prefix.rfind(",") + 1
        part = prefix[offset:]
    if argument.kind == "file" and not prefix.startswith(("_.", "$")):
        return rank_candidates(_files(knowledge, part), part, start, knowledge.used)
    return rank_candidates(
        argument_candidates(argument, part, knowledge, file=file), part, start + offset, knowledge.used
    )


def _filter(slot: ArgumentSlot, typed: str, knowledge: Knowledge) -> list[Completion]:
    """The filter language's own suggestions, at their places in the line."""
    from tui.orders.filter import complete as complete_filter

    if slot.words:
        begin = slot.words[0].start
    else:
        begin = after_space(typed, slot.key.end) if slot.key else len(typed)
    quote = typed[begin : begin + 1]
    begin += quote == "'" or (slot.dashed and quote == '"')
    text = typed[begin:]
    suggestions = complete_filter(text, len(text), values=knowledge.values, now=knowledge.now)
    return [
        Completion(found.text, begin + found.start, found.display, found.kind, found.help)
        for found in suggestions
    ]
