"""``journal``: what was changed from here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tui.actions.catalogue import of_verb
from tui.actions.desk import Desk
from tui.actions.outcome_words import state_words
from tui.actions.printing.formats import FORMATS
from tui.actions.results import ConvertedSequence, DocumentsResult
from tui.actions.verb import Argument, Verb
from tui.jobs.entries import Entry
from tui.terminal.counting import counted

FIELDS = ("id", "prepared_at", "profile", "operation", "order", "fields", "outcome")
_STORED = tuple(field.name for field in fields(Entry))


async def run(desk: Desk, given: Mapping[str, Any]) -> DocumentsResult:
    """Read the journal; makes no call."""
    from tui.jobs.entry_pages import NewestEntries
    from tui.jobs.journal import Journal

    limit = None if given["all"] else given["limit"]
    journal = await asyncio.to_thread(Journal, desk.folders.state)
    entries = await asyncio.to_thread(NewestEntries, journal, limit)
    said = (
        f"{counted(len(entries), 'change')}, newest first" if entries else "nothing was changed from here yet"
    )
    return DocumentsResult(ConvertedSequence(entries, as_document), FIELDS, (said,))


def as_document(entry: Entry) -> dict[str, Any]:
    """An entry whole, with what a list shows of it."""
    return {
        **{name: getattr(entry, name) for name in _STORED},
        "order": entry.source_id or entry.order_id,
        "fields": ", ".join(entry.body),
        "outcome": state_words(entry),
    }


VERB = Verb(
    name="journal",
    summary=of_verb("journal").help,
    help=(
        "Show what was changed from here, newest first, with what became of it; costs no call. json and "
        "jsonl hold each entry whole: the request, the order before and after."
    ),
    run=run,
    arguments=(
        Argument("limit", "number", "How many changes.", default=20, minimum=1, maximum=100_000),
        Argument("all", "flag", "Every change there is.", default=False),
    ),
    examples=("journal", "journal --limit 100 --format csv", "journal --all --format jsonl > journal.jsonl"),
    formats=FORMATS,
)
