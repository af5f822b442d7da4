"""The inspector: every call of the session, live, with what is known of the one under the cursor."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.actions.api_calls import call_filter
from tui.actions.masking import masked_call
from tui.actions.printing.formats import json_text
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import CopyText, copy_value, notify
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.status_bar import FactsLine
from tui.app.panels.status_texts import budget_fact
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.safe_input import SafeInput
from tui.app.workers import start_worker
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible
from tui.voucherify.calls.call_log import why_not_repeatable
from tui.voucherify.errors import VoucherifyError

from .call_details import CallNotCopied, CallScreen, call_content, call_title, copied_call, copy_chooser
from .calls_table import COLUMNS, CallRows, CallsTable

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall, CallLog
    from tui.voucherify.rate_limit import CallBudget

KEYS = "enter open  / filter  y copy  a again  p pause  w save as HAR  esc back"
FILTERS = "GET 4xx >500ms error try, or words; - is without"
SUGGESTED = "ordex-calls.har"


class InspectedClient(Protocol):
    """What the inspector needs of the API client."""

    calls: CallLog

    @property
    def budget(self) -> CallBudget:
        """Calls left."""

    async def repeat(self, call: ApiCall, /) -> None:
        """Repeat a GET.

        Raises:
            VoucherifyError: it cannot be made, or was not answered.
        """


class InspectorScreen(Modal[None]):
    """Shows, filters, copies, repeats and saves calls. Nothing here changes an order.

    Args:
        client: the API client that made the calls.
        base_url: the profile's address; ``None`` for the embedded sandbox.
        copy_text: copies to the clipboard.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/inspector.tcss"]
    AUTO_FOCUS = "CallsTable"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        Binding("slash", "filter", "Filter"),
        Binding("y", "copy", "Copy"),
        Binding("a", "again", "Again"),
        Binding("p", "pause", "Pause"),
        Binding("w", "save", "Save as HAR"),
        Binding("escape,q,R", "back", "Back"),
    ]

    class CallMade(Message):
        """A call was logged."""

        def can_replace(self, message: Message) -> bool:
            """One message stands for several calls."""
            return isinstance(message, InspectorScreen.CallMade)

    def __init__(
        self, client: InspectedClient, *, base_url: str | None = None, copy_text: CopyText | None = None
    ) -> None:
        super().__init__()
        self._client = client
        self._base_url = base_url
        self._copy_text = copy_text
        self._fits = call_filter("")
        self._filter = ""
        self._kept: tuple[ApiCall, ...] = ()
        self._paused = False
        self._unsubscribe: Callable[[], None] = _nothing

    def compose(self) -> ComposeResult:
        """The calls, the selected one, the facts, the keys."""
        yield ScreenTitle("Requests")
        yield CallsTable(pin_first=False)
        yield Static(Content(""), id="call-title")
        with VerticalScroll(id="call", can_focus=False):
            yield Static(Content(""), id="call-text")
        yield SafeInput(
            placeholder="GET 4xx >500ms error try, or words; - is without", compact=True, id="filter"
        )
        yield FactsLine()
        yield Static(Content(KEYS), classes="keys")

    def on_mount(self) -> None:
        """Subscribe to the log."""
        self.query_one("#filter").display = False
        self._unsubscribe = self._client.calls.subscribe(lambda _: void(self.post_message(self.CallMade())))
        self._read()

    def on_unmount(self) -> None:
        """Unsubscribe from the log."""
        self._unsubscribe()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the timing bars for the new width."""
        self._show_call(event.size.width)

    @property
    def call(self) -> ApiCall | None:
        """The call under the cursor."""
        return self._rows.call(self.query_one(CallsTable).cursor)

    def on_inspector_screen_call_made(self) -> None:
        """Show the call, unless the list is paused."""
        if self._paused:
            self._show_facts()
        else:
            self._read()

    def on_virtual_table_row_highlighted(self) -> None:
        """Show the selected call."""
        self._show_call(self.size.width)

    def on_virtual_table_row_activated(self) -> None:
        """Open the call."""
        self.action_open()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        self._filter = event.value
        self._fits = call_filter(event.value)
        self._show()

    def on_input_submitted(self) -> None:
        """Keep the filter and go back to the calls."""
        self.query_one("#filter").display = bool(self._filter.strip())
        self.query_one(CallsTable).focus()

    def action_open(self) -> None:
        """Show the call with its bodies."""
        if self.call is not None:
            self.app.push_screen(CallScreen(self.call))

    def action_filter(self) -> None:
        """Focus the filter."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    def action_back(self) -> None:
        """Clear the filter, or close."""
        field = self.query_one("#filter", Input)
        if field.has_focus or self._filter:
            field.value = ""
            field.display = False
            self.query_one(CallsTable).focus()
        else:
            self.dismiss(None)

    def action_pause(self) -> None:
        """Pause or resume the list."""
        self._paused = not self._paused
        if self._paused:
            self._show_facts()
        else:
            self._read()

    def action_copy(self) -> None:
        """Ask what to copy."""
        call = self.call
        if call is not None:
            shown = masked_call(call, masks_at(self))
            self.app.push_screen(copy_chooser(shown), lambda what: self._copy(shown, what))

    def action_again(self) -> None:
        """Repeat the selected GET."""
        call = self.call
        if call is None:
            return
        reason = why_not_repeatable(call)
        if reason is not None:
            notify(self, f"Again: {reason}.", severity="warning")
        else:
            self.run_worker(self._repeat(call), group="again")

    def action_save(self) -> None:
        """Ask for a file and save the shown calls as HAR."""
        if self._rows.row_count:
            start_worker(self, self._save, group="saving", exclusive=True)

    def _copy(self, call: ApiCall, what: str | None) -> None:
        if what is None:
            return
        try:
            label, text = copied_call(what, call, self._base_url)
        except CallNotCopied as reason:
            notify(self, f"Not copied {reason}.", severity="warning")
        else:
            copy_value(self, self._copy_text, label, text)

    async def _repeat(self, call: ApiCall) -> None:
        try:
            await self._client.repeat(call)
        except VoucherifyError as error:
            notify(
                self, f"{error}. {error.hint}".strip(), title=f"Call {call.number} again", severity="error"
            )
        else:
            notify(self, "Repeated; see the first call in the list.", title=f"Call {call.number} again")

    async def _save(self) -> None:
        from tui.app.dialogs.path_dialog import PathDialog

        calls = self._shown()
        ask = PathDialog(f"Save {pluralize(len(calls), 'call')} as HAR, without secrets", SUGGESTED)
        chosen = await self.app.push_screen_wait(ask)
        if chosen is not None:
            await self._write(calls, chosen.path, overwrite=chosen.overwrite)

    async def _write(self, calls: list[ApiCall], target: Path, *, overwrite: bool) -> None:
        import asyncio

        from tui.files.atomic_write import write_error_reason
        from tui.voucherify.calls.har import write_har

        masks = masks_at(self)

        def write() -> None:
            write_har([masked_call(call, masks) for call in reversed(calls)], target, overwrite=overwrite)

        try:
            with activity(self, f"Writing {visible(target.name, limit=40)}"):
                await asyncio.to_thread(write)
        except OSError as error:
            notify(
                self,
                f"{target} cannot be written: {write_error_reason(error)}",
                title="Not saved",
                severity="error",
            )
        else:
            are = "is" if len(calls) == 1 else "are"
            notify(
                self, f"{pluralize(len(calls), 'call')} {are} in {target}{', masked' if masks.on else ''}."
            )

    def _shown(self) -> list[ApiCall]:
        return [call for call in reversed(self._kept) if self._fits(call)]

    @property
    def _rows(self) -> CallRows:
        return CallRows(self._shown())

    def _read(self) -> None:
        self._kept = self._client.calls.snapshot()
        self._show()

    def _show(self) -> None:
        table = self.query_one(CallsTable)
        table.empty_text = "No call matches the filter." if self._kept else "No call was made yet."
        table.show(self._rows, COLUMNS)
        self._show_call(self.size.width)
        self._show_facts()

    def _show_call(self, width: int) -> None:
        call = self.call
        title = Content("") if call is None else call_title(call)
        self.query_one("#call-title", Static).update(title)
        text = Content("") if call is None else call_content(call, width=width)
        self.query_one("#call-text", Static).update(text)

    def _show_facts(self) -> None:
        shown, kept, made = self._rows.row_count, len(self._kept), self._client.calls.made
        facts = [SnapshotFact(f"{shown:,} of {pluralize(kept, 'call')} shown", f"{shown:,} of {kept:,}", 0)]
        if self._filter.strip():
            facts.append(SnapshotFact(f"filter {json_text(self._filter.strip())}", "filtered", 1))
        if made > kept:
            facts.append(SnapshotFact(f"{made - kept:,} not in this list", f"+{made - kept:,}", 1))
        if self._paused:
            facts.insert(0, SnapshotFact("paused, p follows again", "paused", 0))
        line = self.query_one(FactsLine)
        line.facts = (*facts, *budget_fact(self._client.budget, time.time()))


def void(_: object) -> None:
    """Ignore the result."""


def _nothing() -> None:
    """Do nothing."""
