"""``journal``: show the changes made from this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from tui.actions.catalogue import of_verb
from tui.actions.changes.outcome_text import describe_state
from tui.actions.printing.formats import FORMATS
from tui.actions.results import ConvertedSequence, DocumentsResult, DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, refuse_unused, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.files.state_errors import StateFileError
from tui.jobs.changes.journal_entry import JournalEntry
from tui.orders.times import format_api_time
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.jobs.changes.change_journal import ChangeJournal

LIMIT = 20
"""The default number of changes."""

FIELDS = ("id", "prepared_at", "profile", "operation", "order", "fields", "outcome")
_STORED = tuple(field.name for field in fields(JournalEntry))


@dataclass(frozen=True)
class JournalArguments:
    """Values of the arguments of ``journal``, by their names."""

    what: Literal["list", "prune"] = "list"
    limit: int | None = None
    all: bool = False
    keep_days: int = 90


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """List changes, or remove old ones. Makes no API call.

    Raises:
        InputError: an argument that has no effect, or two that contradict each other.
    """
    arguments = typed_arguments(JournalArguments, given)
    what = arguments.what
    refuse_unused(VERB.arguments, given, _USED[what], f"{{}} has no effect in journal {what}")
    if what == "prune":
        return await asyncio.to_thread(_prune, context, arguments.keep_days)
    return await _list(context, arguments)


def _prune(context: VerbContext, days: int) -> Result:
    from tui.actions.retention import CHANGES
    from tui.jobs.changes.change_journal import FILE_NAME, ChangeJournal

    if not (context.folders.state / FILE_NAME).exists():
        return DoneResult(("no change is in the journal",), {"removed": 0})
    journal = ChangeJournal(context.folders.state)
    least = CHANGES.least if days >= CHANGES.days else 0
    before = format_api_time(context.now() - timedelta(days=days))
    removed = journal.prune(before, least=least, most=CHANGES.most)
    text = f"{pluralize(removed, 'change')} removed" if removed else "nothing to remove"
    text += f"; open changes and those of the last {pluralize(days, 'day')} stay"
    space = _compacted(journal) if removed else ()
    return DoneResult((text, *space), {"removed": removed})


def _compacted(journal: ChangeJournal) -> tuple[str, ...]:
    try:
        journal.compact()
    except StateFileError as error:
        return (f"the file keeps its size and reuses its space: {error}",)
    return ()


async def _list(context: VerbContext, arguments: JournalArguments) -> Result:
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.changes.newest_entries import NewestEntries

    if arguments.all and arguments.limit is not None:
        raise InputError("--all shows every change: leave --limit out, or --all", argument="limit")
    limit = None if arguments.all else arguments.limit or LIMIT
    journal = await asyncio.to_thread(ChangeJournal, context.folders.state)
    entries = await asyncio.to_thread(NewestEntries, journal, limit)
    text = (
        f"{pluralize(len(entries), 'change')}, newest first"
        if entries
        else "nothing was changed from here yet"
    )
    older = (await asyncio.to_thread(journal.extent))[1] - len(entries)
    if older > 0:
        text += f"; {older:,} older: --all shows them too"
    return DocumentsResult(ConvertedSequence(entries, as_document), FIELDS, (text,))


def as_document(entry: JournalEntry) -> dict[str, Any]:
    """The complete entry, with the fields of the list."""
    return {
        **{name: getattr(entry, name) for name in _STORED},
        "order": entry.source_id or entry.order_id,
        "fields": ", ".join(entry.body),
        "outcome": describe_state(entry),
    }


_USED = {"list": ("what", "limit", "all"), "prune": ("what", "keep_days")}
"""The arguments of each subcommand."""

VERB = Verb(
    name="journal",
    summary=of_verb("journal").help,
    help=(
        "Show the changes that were made from this machine, newest first, with their outcomes. Costs no "
        "call. json and jsonl have each entry completely: the request, and the order before and after. "
        "“prune” removes old changes and frees their disk space; a removed change cannot be undone. A "
        "change with an open outcome is never removed. Ordex itself removes changes older than 90 days "
        "except the newest 1,000, and keeps at most 50,000."
    ),
    run=run,
    arguments=(
        Argument(
            "what",
            "choice",
            "What to do (default: list).",
            positional=True,
            default="list",
            choices=("list", "prune"),
            metavar="[list|prune]",
        ),
        Argument("keep_days", "number", "With prune: days to keep.", default=90, minimum=1, maximum=36_500),
        Argument("limit", "number", f"Number of changes.  [default: {LIMIT}]", minimum=1, maximum=100_000),
        Argument("all", "flag", "Show all changes.", default=False),
    ),
    examples=(
        "journal",
        "journal --limit 100 --format csv",
        "journal --all --format jsonl > journal.jsonl",
        "journal prune --keep-days 30",
    ),
    formats=FORMATS,
)
