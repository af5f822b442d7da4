"""The detail of a job: its document and a table of its failures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.imports.finding_rows import COLUMNS, FindingRows, RowsTable
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.jobs.importing.runs.import_journal import RowFinding
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.jobs.job_listing import Job


MOST_CHARACTERS = 20_000
"""Characters of the document to show at most."""


def without_links(value: Any) -> Any:
    """A document with its links replaced: they hold tokens (``docs/voucherify-api.md#downloads``)."""
    if isinstance(value, dict):
        return {
            key: "***" if key == "url" and isinstance(held, str) else without_links(held)
            for key, held in value.items()
        }
    return [without_links(held) for held in value] if isinstance(value, list) else value


class JobDetail(Modal[None]):
    """Shows a job. ``as_of`` is when the job was read, if not just now."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "RowsTable, #document"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close"),
        Binding("tab", "app.focus_next", show=False),
    ]

    def __init__(self, job: Job, findings: Sequence[RowFinding] = (), *, as_of: str = "") -> None:
        super().__init__()
        self._as_of = f" as of {as_of}" if as_of else ""
        self._job = job
        self._findings = findings

    def compose(self) -> ComposeResult:
        """Lay out the document and the reasons why rows were rejected."""
        job = self._job
        shown = masks_at(self).document(without_links(job.document))
        document = json.dumps(shown, indent=2, ensure_ascii=False)
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content(visible(f"{job.kind} {job.id}, {job.status}{self._as_of}", limit=120))
            yield StandingLine()
            with VerticalScroll(id="document"):
                yield Static(Content(visible(document, multiline=True, limit=MOST_CHARACTERS)))
            if self._findings:
                count = len(self._findings)
                yield Static(Content(f"{pluralize(count, 'reason')} for rejected rows"), classes="found")
                yield RowsTable(pin_first=False)
            other = "tab switch part · " if self._findings else ""
            yield Static(Content(f"{other}esc close"), classes="keys")

    def on_mount(self) -> None:
        """Fill the table."""
        if self._findings:
            self.query_one(RowsTable).show(FindingRows(self._findings, masks_at(self)), COLUMNS)


def failures_of(job: Job) -> tuple[RowFinding, ...]:
    """The failures in the result of an async action; the service reports no line numbers."""
    result = job.document.get("result")
    failed: Any = result.get("failed") if isinstance(result, dict) else None
    entries = failed if isinstance(failed, list) else [failed]
    return tuple(_failure(entry) for entry in entries if isinstance(entry, dict))


def _failure(entry: dict[str, Any]) -> RowFinding:
    name = entry.get("source_id")
    reason = str(entry.get("reason") or entry.get("message") or "the service gave no reason")
    return RowFinding(0, f"source_id {name}" if isinstance(name, str) else "", reason, origin="service")
