"""The form screen: everything of an order that the API takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.notes import tell
from tui.jobs.drafts import Draft
from tui.orders.amounts import DECIMALS
from tui.orders.paths import PathError, parse_path
from tui.orders.request import FieldFault
from tui.orders.times import short
from tui.terminal.visible import visible

from .draft_keeper import DraftKeeper
from .editing import Editing
from .entry import Entry
from .external_editor import EditText, NoEditor, edit_in_editor
from .fault_line import FaultLine
from .field_row import ChoiceRow, FieldRow, field_row
from .item_dialog import ItemDialog
from .items_section import ItemsList, ItemsSection
from .keys_line import Key, KeysLine
from .metadata_section import MetadataList, MetadataSection
from .model.documents import document_text, fill, take_text
from .model.fields import CREATED_AT, IDENTITY, MONEY
from .model.pasting import NotAnOrder, Pasted, looks_like_document, read_pasted
from .model.people import mode_of
from .model.seen import Seen
from .model.starts import NotADraft, draft_name, from_draft
from .outlook import Outlook
from .paste_box import PasteBox
from .person_section import PersonDialog, PersonSection
from .settling import SettlingScreen
from .start import FormResult, FormStart

SAVE_AFTER = 0.5
"""Seconds of rest after which what stands in the form is kept as a draft."""

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


class OrderForm(SettlingScreen[FormResult | None]):
    """Creates or changes an order, up to the preview.

    Ends with a ``FormResult`` when the user wants to see what would be sent, or ``None`` when the form was
    closed; its draft is kept in both cases, and removed only by whoever carries the change out, or when the
    user throws it away.

    Args:
        start: what stands in it.
        seen: values of loaded orders, to complete what is typed.
        drafts: where it is kept while it is typed; ``None`` keeps nothing.
        decimals: decimals of amounts as people write them.
        edit_text: lets the user edit a text elsewhere; the user's own editor unless given.
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
    ) -> None:
        super().__init__(Editing(start.state, seen=seen, decimals=decimals))
        self._start = start
        self._drafts = drafts
        self._edit_text = edit_text
        self._saving: Timer | None = None
        self._unsaved = False
        self._refusal = ""

    def compose(self) -> ComposeResult:
        """A title, the fields beside the outlook, what is wrong, the keys."""
        editing = self.editing
        yield Static(Content(self._title()), id="form-title")
        yield Static(Content(""), id="form-problem")
        with Horizontal(id="form-body"):
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in IDENTITY:
                    yield field_row(editing, field, documents=True)
                yield ItemsSection(editing)
                yield Static(Content("Amounts"), classes="heading")
                for field in MONEY:
                    yield field_row(editing, field, documents=True)
                yield PersonSection(editing, "customer")
                yield PersonSection(editing, "referrer")
                yield MetadataSection(editing, ("metadata",))
                yield Static(Content("Time"), classes="heading")
                yield field_row(editing, CREATED_AT, documents=True)
            yield Outlook(editing)
        yield FaultLine(editing)
        yield KeysLine(KEYS, id="form-keys")

    def on_mount(self) -> None:
        """Show what was refused, and offer a draft that is kept."""
        self._show_problem()
        if self._start.saved_at is not None:
            self.query_one(FaultLine).say_draft(f"draft of {short(self._start.saved_at)} UTC")
        elif self._drafts is not None:
            self.run_worker(self._offer_draft(self._drafts), group="offer")

    def on_resize(self, event: events.Resize) -> None:
        """The outlook is there when there is room for it."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        outlook = self.query_one(Outlook)
        outlook.display = wide
        outlook.settle()

    async def on_unmount(self) -> None:
        """What was typed in the last moment is kept too."""
        await self._save()

    # For the flow that carries the change out.

    @property
    def draft(self) -> str:
        """The name under which the form is kept."""
        return draft_name(self.editing.state)

    def refuse(self, faults: Sequence[FieldFault], message: str) -> None:
        """Show what the service or the journal refused, at the fields; nothing typed is lost.

        Args:
            faults: what is wrong with which field, if that is known.
            message: why it was refused, in words; shown above the fields until it is tried again.
        """
        self._refusal = message
        self.editing.refuse(faults)
        if self.is_mounted:
            self._show_problem()
            self.settle()
            self._go_to_first_fault()

    # Drafts.

    def changed(self, reload: bool) -> None:
        """Keep what was changed, after a moment's rest."""
        super().changed(reload)
        self._unsaved = True
        if reload and self.is_mounted:
            self._show_problem()
        if self._drafts is not None:
            if self._saving is not None:
                self._saving.stop()
            self._saving = self.set_timer(SAVE_AFTER, self._start_saving)

    def _start_saving(self) -> None:
        self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        """Keep the form as it is now."""
        if self._drafts is None or not self._unsaved:
            return
        self._unsaved = False
        try:
            kept = await self._drafts.save(self.editing.state)
        except (OSError, sqlite3.Error) as error:
            self._unsaved = True
            self._say_draft(visible(f"draft not kept: {error}", limit=120))
        else:
            self._say_draft(f"draft kept {kept.saved_at[11:19]} UTC")

    def _say_draft(self, words: str) -> None:
        if self.is_mounted:
            self.query_one(FaultLine).say_draft(words)

    async def _offer_draft(self, drafts: DraftKeeper) -> None:
        try:
            kept = await drafts.load(self.draft)
        except (OSError, sqlite3.Error, ValueError):
            return  # an unreadable draft must not keep a form from opening
        if kept is None or self._unsaved:
            return
        self.app.push_screen(
            Chooser(
                "There is a draft",
                [
                    Choice("draft", "Go on with the draft", f"kept {short(kept.saved_at)} UTC"),
                    Choice("fresh", "Begin afresh", "the draft goes when you type"),
                ],
                note="esc leaves the draft and closes the form",
            ),
            lambda choice: self._draft_chosen(choice, kept),
        )

    def _draft_chosen(self, choice: str | None, kept: Draft) -> None:
        if choice is None:
            self.dismiss(None)
        elif choice == "draft":
            try:
                self.editing.start_over(from_draft(kept.content))
            except NotADraft as error:
                tell(self, str(error), title="The draft was left as it is", severity="warning")
            else:
                self._say_draft(f"draft of {short(kept.saved_at)} UTC")

    # Going on, closing.

    async def action_preview(self) -> None:
        """Go on to what would be sent, or to the first thing that is wrong."""
        self.editing.forget_refusal()
        checked = self.editing.checked
        if checked.faults:
            self.settle()
            self._go_to_first_fault()
            return
        if self.editing.state.kind == "update" and not checked.body:
            said = checked.warnings[0] if checked.warnings else "every field is as it was"
            tell(self, said, title="Nothing to send", severity="warning")
            return
        self._unsaved = True
        await self._save()
        state = self.editing.state
        self.dismiss(FormResult(state.kind, state.base, checked.intended, self.draft))

    async def action_close(self) -> None:
        """Close; what was typed stays as a draft, and the user is told."""
        if self._drafts is None and not self.editing.state.is_untouched:
            self.action_discard()
            return
        if self._unsaved:
            await self._save()
            if self._unsaved:
                tell(self, "The draft could not be kept; esc again would lose it", severity="error")
                self._unsaved = False
                return
            tell(self.app.screen, "The form is kept as a draft; open it again to go on")
        self.dismiss(None)

    def action_discard(self) -> None:
        """Ask whether to throw away what was typed."""
        choices = [
            Choice("keep", "No, go on typing"),
            Choice("discard", "Yes, throw it away", "and close the form"),
        ]
        self.app.push_screen(Chooser("Throw away what you typed?", choices), self._discard_chosen)

    async def _discard_chosen(self, choice: str | None) -> None:
        if choice != "discard":
            return
        self._unsaved = False
        if self._saving is not None:
            self._saving.stop()
        if self._drafts is not None:
            try:
                await self._drafts.discard(self.draft)
            except (OSError, sqlite3.Error) as error:
                tell(self, str(error), title="The draft could not be removed", severity="error")
        self.dismiss(None)

    # Whole documents.

    @on(Entry.DocumentPasted)
    def _document_pasted(self, event: Entry.DocumentPasted) -> None:
        event.stop()
        self._take_paste(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no field took."""
        if looks_like_document(event.text):
            event.stop()
            self._take_paste(event.text)

    def action_paste_box(self) -> None:
        """Open a box to paste into."""
        self.app.push_screen(PasteBox(), self._offer_pasted)

    def _take_paste(self, text: str) -> None:
        try:
            self._offer_pasted(read_pasted(text))
        except NotAnOrder as reason:
            tell(self, str(reason), title="Nothing was filled in", severity="warning")

    def _offer_pasted(self, pasted: Pasted | None) -> None:
        if pasted is None:
            return
        if self.editing.state.kind == "create" and not self.editing.state.document:
            self._fill(pasted, "whole")
            return
        fields = ", ".join(pasted.document) or "no fields"
        choices = [
            Choice("over", "Lay it over what stands here", "fields that it lacks stay"),
            Choice("whole", "Put it in place of what stands here"),
        ]
        note = visible(f"{pasted.remark}: {fields}", limit=200)
        self.app.push_screen(
            Chooser("Fill the form?", choices, note=note), lambda choice: self._fill(pasted, choice)
        )

    def _fill(self, pasted: Pasted, choice: str | None) -> None:
        if choice is None:
            return
        self.editing.change(fill(self.editing.state, pasted.document, whole=choice == "whole"))
        tell(self, f"Filled {pasted.remark}; ctrl+z takes it back")

    def action_editor(self) -> None:
        """Edit the document as JSON in the user's editor; what is no order comes back and is kept."""
        state = self.editing.state
        try:
            with self.app.suspend():
                text = self._edit_text(document_text(state))
        except SuspendNotSupported:
            tell(self, "This terminal cannot make way for an editor", severity="warning")
        except NoEditor as error:
            tell(self, str(error), title="Not edited", severity="warning")
        else:
            self.editing.change(take_text(state, text))
            self._show_problem()
        self.refresh(layout=True)

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
        problem = self.query_one("#form-problem", Static)
        problem.display = bool(said)
        problem.update(Content(visible(said, limit=600)))

    def _go_to_first_fault(self) -> None:
        if not self.editing.faults:
            return
        fault = self.editing.faults[0]
        tell(self, str(fault), title="To mend first", severity="warning")
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
        if (row := row_at(self, path)) is not None and row.display:
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


def row_at(screen: Widget, path: str) -> FieldRow | ChoiceRow | None:
    """The row of a field by its path as text."""
    from tui.orders.paths import format_path

    rows: list[FieldRow | ChoiceRow] = [*screen.query(FieldRow), *screen.query(ChoiceRow)]
    return next((row for row in rows if format_path(row.path) == path), None)


def focus_row(row: FieldRow | ChoiceRow | None) -> None:
    """Put the focus into a row, if there is one."""
    if row is not None:
        focusable = next((child for child in row.query(Widget) if child.can_focus), None)
        if focusable is not None:
            focusable.focus()
