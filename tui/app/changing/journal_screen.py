"""The journal: every change made with Ordex, and its outcome."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.actions.changes.outcome_text import ALWAYS_SET, describe_state, entry_name
from tui.actions.changes.plan_text import describe_all
from tui.app.dialogs.chooser import ChoiceList
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import notify
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.files.atomic_write import atomic_write_text, write_error_reason
from tui.orders.changes import diff
from tui.orders.times import format_short
from tui.terminal.visible import visible

from .plan_preview import descriptions, heading

if TYPE_CHECKING:
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.changes.journal_entry import JournalEntry
    from tui.orders.privacy import Masks

SHOWN = 500
"""Most entries in the list; the exported file has all."""


class JournalScreen(Modal["JournalEntry | None"]):
    """Closes with the entry to undo, or ``None``."""

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "take_back", "Undo"),
        Binding("x", "export", "Export"),
        Binding("escape,q,U", "dismiss", "Close"),
    ]

    def __init__(self, entries: Sequence[JournalEntry], journal: ChangeJournal) -> None:
        super().__init__()
        self._entries = entries[:SHOWN]
        self._has_more = len(entries) > SHOWN
        self._journal = journal

    def compose(self) -> ComposeResult:
        """The entries, the selected one in full, the keys."""
        with Vertical(classes="mutation") as box:
            more = "; older ones: export with x" if self._has_more else ""
            box.border_title = Content(f"Journal, newest first ({len(self._entries):,}{more})")
            yield StandingLine()
            if self._entries:
                yield ChoiceList(*(Option(_line(entry)) for entry in self._entries))
            else:
                yield Static(Content("No changes yet."))
            with VerticalScroll(id="whole"):
                yield Static(Content(""), id="entry")
            keys = "u undo this · x export all as JSON lines · esc close"
            yield Static(Content(keys), classes="keys")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the entry once the box has its size: an earlier text would be cut to one line."""
        event.stop()
        self.call_after_refresh(self._show_entry, event.option_index)

    def action_take_back(self) -> None:
        """Undo the selected change."""
        at = self.query_one(ChoiceList).highlighted if self._entries else None
        if at is not None:
            self.dismiss(self._entries[at])

    def _show_entry(self, at: int) -> None:
        self.query_one("#entry", Static).update(_whole(self._entries[at]))

    async def action_export(self) -> None:
        """Write the whole journal to a private file in the current folder."""
        path = Path.cwd() / f"ordex-journal-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl"
        try:
            masks = masks_at(self).lasting()
            with activity(self, "Writing the journal"):
                count = await asyncio.to_thread(_export, self._journal, path, masks)
        except OSError as error:
            notify(self, write_error_reason(error), title="Not exported", severity="error")
        else:
            masked = ", masked" if masks is not None else ""
            notify(self, f"{count:,} change{'s' * (count != 1)} written to {path}{masked}")


def _export(journal: ChangeJournal, path: Path, masks: Masks | None) -> int:
    with atomic_write_text(path, overwrite=False, encoding="ascii") as file:
        return sum(bool(file.write(_masked(line, masks))) for line in journal.export())


def _masked(line: str, masks: Masks | None) -> str:
    return line if masks is None else json.dumps(masks.document(json.loads(line))) + "\n"


def _line(entry: JournalEntry) -> Content:
    fields = visible(", ".join(entry.body), limit=60)
    prepared = visible(format_short(entry.prepared_at), limit=40)
    return Content.assemble(
        (f"{entry.id:>4d}  {prepared}  ", "dim"),
        f"{visible(entry.operation, limit=20):<7}",
        (visible(entry_name(entry), limit=40), "bold"),
        f"  {fields}  ",
        (visible(describe_state(entry), limit=100), "dim"),
    )


def _whole(entry: JournalEntry) -> Content:
    after = entry.answer if entry.answer is not None else entry.intended
    words = "" if entry.answer is not None else ", as it was meant"
    parts = [
        heading(f"Change {entry.id:d}, {describe_state(entry)}"),
        Content(
            f"profile {visible(entry.profile, limit=80)}, order {visible(entry.order_id, limit=60)}{words}"
        ),
        descriptions(
            describe_all(change for change in diff(entry.base, after) if change.path[0] not in ALWAYS_SET)
        ),
    ]
    if entry.error is not None:
        parts.append(Content(visible(entry.error.get("message", ""), limit=300)))
    return Content("\n").join(parts)
