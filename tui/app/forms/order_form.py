"""The form screen: everything of an order that the API takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.worker import Worker

from tui.app.feedback.notifications import notify
from tui.app.masking import masks_at
from tui.app.panels.title_bar import ScreenTitle
from tui.orders.amounts import DECIMALS
from tui.orders.paths import PathError, parse_path
from tui.orders.request import FieldFault
from tui.terminal.visible import visible

from .draft_keeper import DraftKeeper
from .editing import Editing
from .external_editor import EditText, edit_in_editor
from .fault_line import FaultLine
from .field_row import field_row
from .finding import focus_row, row_at
from .item_dialog import ItemDialog
from .items_section import ItemsList, ItemsSection
from .keys_line import Key, KeysLine
from .metadata_section import MetadataList, MetadataSection
from .model.fields import CREATED_AT, IDENTITY, MONEY
from .model.people import mode_of
from .model.seen import Seen
from .outlook import Outlook
from .person_section import PersonDialog, PersonSection
from .start import FormResult, FormStart, Refusal, Submit
from .whole_documents import DocumentScreen
from .words import Words

WIDE = 110
"""Cells from which the outlook stands beside the fields."""

KEYS = (
    Key("ctrl+s", "preview", "screen.preview"),
    Key("esc", "close", "screen.close"),
    Key("ctrl+e", "as JSON", "screen.editor"),
    Key("ctrl+o", "paste", "screen.paste_box"),
    Key("ctrl+z", "undo", "screen.undo"),
    Key("ctrl+t", "discard", "screen.discard"),
    Key("tab", "next", "screen.focus_next"),
    Key("ctrl+y", "redo", "screen.redo"),
)


class OrderForm(DocumentScreen):
    """Creates or changes an order, up to the preview.

    Stays open, and takes no keys but esc, while ``submit`` checks, shows and sends the change; ends with its
    result, or with ``None`` when the form was closed. Its draft is kept in both cases, and removed only by
    whoever carries the change out, or when the user throws it away.

    Args:
        start: what stands in it.
        seen: values of loaded orders, to complete what is typed.
        drafts: where it is kept while it is typed; ``None`` keeps nothing.
        decimals: decimals of amounts as people write them.
        edit_text: lets the user edit a text elsewhere; the user's own editor unless given.
        submit: what is done with the change; without it the form ends with the ``FormResult``.
        is_sending: whether ``submit`` has sent the change and waits for the answer.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/detail.tcss", "../styles/form.tcss"]
    AUTO_FOCUS: ClassVar[str] = "Entry"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "preview", "Preview", priority=True),
        Binding("escape", "close", "Close"),
        Binding("ctrl+e", "editor", "As JSON", priority=True),
        Binding("ctrl+o", "paste_box", "Paste", priority=True),
        Binding("ctrl+z", "undo", "Undo", priority=True),
        Binding("ctrl+y", "redo", "Redo", priority=True),
        Binding("ctrl+t", "discard", "Discard", priority=True),
    ]

    def __init__(
        self,
        start: FormStart,
        *,
        seen: Seen,
        drafts: DraftKeeper | None,
        decimals: int = DECIMALS,
        edit_text: EditText = edit_in_editor,
        submit: Submit | None = None,
        is_sending: Callable[[], bool] = lambda: False,
    ) -> None:
        editing = Editing(start.state, seen=seen, decimals=decimals)
        super().__init__(editing, drafts, saved_at=start.saved_at, edit_text=edit_text)
        self._refusal = ""
        self._submit = submit
        self._is_sending = is_sending
        self._submitting: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """A title, the fields beside the outlook, what is wrong, the keys."""
        editing = self.editing
        yield ScreenTitle(self._title())
        yield Words(id="form-problem")
        with Horizontal(id="form-body"):
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in IDENTITY:
                    yield field_row(editing, field, documents=True)
                yield ItemsSection(editing)
                yield Words("Amounts", classes="heading")
                for field in MONEY:
                    yield field_row(editing, field, documents=True)
                yield PersonSection(editing, "customer")
                yield PersonSection(editing, "referrer")
                yield MetadataSection(editing, ("metadata",))
                yield Words("Time", classes="heading")
                yield field_row(editing, CREATED_AT, documents=True)
            yield Outlook(editing)
        yield FaultLine(editing)
        yield KeysLine(KEYS, id="form-keys")

    def on_mount(self) -> None:
        """Show what was refused before the form was open."""
        self._learn()
        self._show_problem()
        if self._refusal:
            self.call_after_refresh(self._go_to_first_fault)

    def settle(self) -> None:
        """Show the state, and what was not taken of it."""
        super().settle()
        if self.is_mounted:
            self._show_problem()

    def on_resize(self, event: events.Resize) -> None:
        """The outlook is there when there is room for it."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        outlook = self.query_one(Outlook)
        outlook.display = wide
        outlook.settle()

    # For the flow that carries the change out.

    def refuse(self, faults: Sequence[FieldFault], message: str) -> None:
        """Show what the service or the journal refused, at the fields; nothing typed is lost.

        Args:
            faults: what is wrong with which field, if that is known.
            message: why it was refused, in words; shown above the fields until it is tried again.
        """
        self._refusal = message
        self.editing.refuse(faults)
        if self.is_mounted:
            self.settle()
            self._go_to_first_fault()

    # Going on.

    async def action_preview(self) -> None:
        """Go on to what would be sent, or to the first thing that is wrong."""
        if self._submitting is not None:
            return
        self.editing.forget_refusal()
        self._refusal = ""
        self._learn()
        checked = self.editing.checked
        if checked.faults:
            self.settle()
            self._go_to_first_fault()
            return
        if self.editing.state.kind == "update" and not checked.body:
            said = checked.warnings[0] if checked.warnings else "every field is as it was"
            notify(self, said, title="Nothing to send", severity="warning")
            return
        self._unsaved = True
        await self.save()
        state = self.editing.state
        result = FormResult(state.kind, state.base, checked.intended, self.draft)
        if self._submit is None:
            self.dismiss(result)
        else:
            self._submitting = self.run_worker(self._send(self._submit, result), group="submit")

    async def _send(self, submit: Submit, result: FormResult) -> None:
        """Have the change checked and sent; what was checked is what stands here, so nothing is typed now."""
        body, focused = self.query_one("#form-body"), self.focused
        body.disabled = True
        ended: object = None
        try:
            ended = await submit(result)
        finally:
            self._submitting = None
            body.disabled = False
            if focused is not None:
                focused.focus()
        if isinstance(ended, Refusal):
            self.refuse(ended.faults, ended.message)
        elif ended is not None:
            self.dismiss(ended)

    async def action_close(self) -> None:
        """Stop a check that takes long, and go on typing; else close."""
        if self._submitting is not None:
            if self._is_sending():
                notify(self, "The change is on its way; its outcome comes in a moment.", severity="warning")
            else:
                self._submitting.cancel()
                notify(self, "Nothing was sent.", title="Check stopped")
            return
        await super().action_close()

    def _learn(self) -> None:
        """Let the masks know what stands in the form."""
        masks = masks_at(self)
        masks.learn(self.editing.state.origin)
        masks.learn(self.editing.state.document)

    # Faults.

    def _title(self) -> str:
        state = self.editing.state
        if state.kind == "create":
            return "New order" if not state.origin else "New order, from a template"
        return f"Edit {visible(state.origin.get('source_id') or state.origin.get('id', ''), limit=80)}"

    def _show_problem(self) -> None:
        rejected = self.editing.state.rejected
        said = f"Refused: {self._refusal}" if self._refusal else ""
        if rejected is not None:
            said = (
                f"What you edited is not an order: {rejected.reason}. It is kept: ctrl+e opens it again, "
                "ctrl+z drops it."
            )
        problem = self.query_one("#form-problem", Words)
        problem.display = bool(said)
        problem.say(visible(said, limit=600))

    def _go_to_first_fault(self) -> None:
        if not self.editing.faults:
            return
        fault = self.editing.faults[0]
        notify(self, str(fault), title="Fix this first", severity="warning")
        try:
            path = parse_path(fault.path)
        except PathError:
            return
        if path[0] == "items" and len(path) > 1 and isinstance(path[1], int):
            self._go_to_item(path[1], fault.path)
        elif path[0] == "metadata":
            lines = self.query_one(MetadataList)
            lines.focus()
            lines.put_cursor_on(str(path[1]) if len(path) > 1 else "")
        else:
            self._go_to_field(fault.path, str(path[0]))

    def _go_to_item(self, place: int, path: str) -> None:
        lines = self.query_one(ItemsList)
        lines.focus()
        lines.cursor = place
        self._open_item(place, path)

    def _go_to_field(self, path: str, root: str) -> None:
        if (row := row_at(self, path)) is not None:
            focus_row(row)
        elif root in ("customer", "referrer") and mode_of(self.editing.state, root) != "none":
            dialog = PersonDialog(self.editing, root)
            self.app.push_screen(dialog)
            dialog.call_after_refresh(lambda: focus_row(row_at(dialog, path)))

    @on(ItemsList.Opened)
    def _item_opened(self, event: ItemsList.Opened) -> None:
        event.stop()
        self._open_item(event.place)

    def _open_item(self, place: int, path: str = "") -> None:
        dialog = ItemDialog(self.editing, place)
        self.app.push_screen(dialog)
        dialog.call_after_refresh(lambda: focus_row(row_at(dialog, path)))
