"""Completing ``_``, ``$names`` and the paths into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tui.repl.completion.candidates import Candidate, matching_values
from tui.repl.line.words import quote_word

if TYPE_CHECKING:
    from tui.actions.verb import Argument
    from tui.repl.completion.knowledge import Knowledge


_TYPED = re.compile(r"(_|\$[A-Za-z]\w*)((?:\.[^.\[]+(?=[.\[])|\[\d+\])*)([.\[][^.\[\]]*)?\Z")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_BARE = re.compile(r"[^\W\d][\w-]*\Z")
FIRST_OF_A_LIST = 20


def value_candidates(prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    """Values that begin as the prefix does: the names, and the fields below a name."""
    typed = _TYPED.match(prefix)
    if typed is None or (typed.group(3) is None and not typed.group(2)):
        yield from _names(knowledge)
    if typed is not None:
        whole = typed.group(1) + typed.group(2)
        yield from _parts(whole, _value(typed.group(1), typed.group(2), knowledge))


def _names(knowledge: Knowledge) -> Iterator[Candidate]:
    if knowledge.last is not None:
        yield Candidate("_", "value", "the last result")
    yield Candidate("$ids", "value", "the ids of the last list")
    for name in knowledge.variables:
        yield Candidate(f"${name}", "value", "kept")


def _value(name: str, path: str, knowledge: Knowledge) -> Any:
    value = knowledge.last if name == "_" else knowledge.variables.get(name[1:])
    for key, position in _STEP.findall(path):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and position and int(position) < len(value):
            value = value[int(position)]
        else:
            return None
    return value


def _parts(whole: str, value: Any) -> Iterator[Candidate]:
    if isinstance(value, dict):
        for key in value:
            if _BARE.match(key):
                yield Candidate(f"{whole}.{key}", "value", "")
    elif isinstance(value, list):
        for number, element in enumerate(value[:FIRST_OF_A_LIST]):
            named = element.get("id") if isinstance(element, dict) else element
            yield Candidate(f"{whole}[{number}]", "value", named if isinstance(named, str) else "")


SETTABLE = ("status", "source_id", "amount", "discount_amount", "customer.source_id", "customer.id")
"""Places of an order that are set most; any other path can be typed."""


def argument_candidates(
    argument: Argument, prefix: str, knowledge: Knowledge, *, file: str = ""
) -> Iterator[Candidate]:
    """The possible values of an argument; ``file`` is the file argument of the command, if it has one."""
    if argument.kind == "choice":
        yield from (Candidate(choice, "choice") for choice in argument.choices)
    elif argument.kind in ("column", "columns"):
        yield from _columns(prefix, knowledge)
    elif argument.kind == "pair":
        yield from _pairs(prefix, knowledge)
    elif argument.kind in ("mapping", "setting", "profile"):
        names_by_kind = {
            "mapping": knowledge.mappings,
            "setting": knowledge.settings,
            "profile": knowledge.profiles,
        }
        yield from (Candidate(quote_word(name), argument.kind) for name in names_by_kind[argument.kind]())
    elif argument.kind == "column_map":
        yield from _column_maps(prefix, knowledge.titles(file) if file else ())
    elif argument.kind == "text":
        yield from _texts(argument, prefix, knowledge)


def _columns(prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    from tui.orders.columns import COLUMNS

    sign = "-" if prefix.startswith("-") else ""
    for column in COLUMNS.values():
        yield Candidate(sign + column.name, "column", column.title)
    for name in knowledge.values:
        if name.startswith("metadata."):
            yield Candidate(sign + name, "column")


def _pairs(prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    from tui.orders.order import STATUSES

    path, equals, typed = prefix.partition("=")
    if not equals:
        for name in (*SETTABLE, *(name for name in knowledge.values if name.startswith("metadata."))):
            yield Candidate(f"{name}=", "field")
    elif path == "status":
        for status in STATUSES:
            yield Candidate(f"status={status}", "value")
    else:
        for value in matching_values(knowledge.values.get(path, ()), typed, knowledge.used):
            yield Candidate(f"{path}={quote_word(value)}", "value")


def _column_maps(prefix: str, titles: Sequence[str]) -> Iterator[Candidate]:
    """The columns of the file; after ``=`` the fields, then the kinds."""
    from tui.actions.jobs.column_completion import field_names
    from tui.jobs.importing.mapping.import_fields import kinds_for

    header, equals, rest = prefix.partition("=")
    if not equals:
        for title in titles:
            yield Candidate(f"{quote_word(title)}=", "column")
        return
    path, _, _ = rest.rpartition(":")
    for field in field_names(header.strip("\"'")):
        yield Candidate(f"{header}={quote_word(field)}", "field")
    for field in (path, rest):
        for kind in kinds_for(field.strip("\"'")):
            yield Candidate(f"{header}={field}:{kind}", "kind")


def _texts(argument: Argument, prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    if argument.name == "topic":
        yield from _topics()
    elif argument.name == "name":
        for name in knowledge.aliases:
            yield Candidate(name, "alias")
    elif argument.name in ("id", "order_id") or "ID" in (argument.metavar or ""):
        yield from value_candidates(prefix, knowledge)
        for name in ("id", "source_id"):
            for value in matching_values(knowledge.values.get(name, ()), prefix, knowledge.used):
                yield Candidate(quote_word(value), name)


def _topics() -> Iterator[Candidate]:
    from tui.repl.help_pages import TOPICS
    from tui.repl.line.vocabulary import verb_names

    for name in (*verb_names(), *TOPICS):
        yield Candidate(name, "topic")
