"""Completing the value of an argument by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .candidates import Candidate, matching
from .value_completion import value_candidates
from .words import quoted

if TYPE_CHECKING:
    from tui.actions.verb import Argument

    from .knowledge import Knowledge

SETTABLE = ("status", "source_id", "amount", "discount_amount", "customer.source_id", "customer.id")
"""Places of an order that are set most; any other path can be typed."""


def argument_candidates(
    argument: Argument, prefix: str, knowledge: Knowledge, *, file: str = ""
) -> Iterator[Candidate]:
    """What the argument's value could be; ``file`` is what the verb is about, where it is a file."""
    if argument.kind == "choice":
        yield from (Candidate(choice, "choice") for choice in argument.choices)
    elif argument.kind in ("column", "columns"):
        yield from _columns(prefix, knowledge)
    elif argument.kind == "pair":
        yield from _pairs(prefix, knowledge)
    elif argument.kind in ("mapping", "setting", "profile"):
        names = {"mapping": knowledge.mappings, "setting": knowledge.settings, "profile": knowledge.profiles}
        yield from (Candidate(quoted(name), argument.kind) for name in names[argument.kind]())
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
        for value in matching(knowledge.values.get(path, ()), typed, knowledge.used):
            yield Candidate(f"{path}={quoted(value)}", "value")


def _column_maps(prefix: str, titles: Sequence[str]) -> Iterator[Candidate]:
    """The columns of the file, each as a word; behind the sign the fields, then the kinds."""
    from tui.actions.column_completion import field_names
    from tui.jobs.importing.fields import kinds_for

    header, equals, rest = prefix.partition("=")
    if not equals:
        for title in titles:
            yield Candidate(f"{quoted(title)}=", "column")
        return
    path, _, _ = rest.rpartition(":")
    for field in field_names(header.strip("\"'")):
        yield Candidate(f"{header}={quoted(field)}", "field")
    for field in (path, rest):
        for kind in kinds_for(field.strip("\"'")):
            yield Candidate(f"{header}={field}:{kind}", "kind")


def _texts(argument: Argument, prefix: str, knowledge: Knowledge) -> Iterator[Candidate]:
    if argument.name == "topic":
        yield from _topics()
    elif argument.name == "name":
        for name in knowledge.queries:
            yield Candidate(name, "query")
    elif argument.name in ("id", "order_id") or "ID" in (argument.metavar or ""):
        yield from value_candidates(prefix, knowledge)
        for name in ("id", "source_id"):
            for value in matching(knowledge.values.get(name, ()), prefix, knowledge.used):
                yield Candidate(quoted(value), name)


def _topics() -> Iterator[Candidate]:
    from .help_pages import TOPICS
    from .vocabulary import names

    for name in (*names(), *TOPICS):
        yield Candidate(name, "topic")
