"""The order form screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.worker import Worker

from tui.app.feedback.notifications import notify
from tui.app.forms.model.document_input import looks_like_document
from tui.app.forms.model.form_fields import order_form_fields
from tui.app.forms.model.suggestions import Suggestions
from tui.app.masking import masks_at
from tui.app.modal import Dismissal
from tui.app.panels.title_bar import ScreenTitle
from tui.orders.amounts import DECIMALS
from tui.orders.request import FieldFault
from tui.terminal.visible import visible

from .debounced_update import DebouncedUpdate
from .draft_autosave import DraftAutosave
from .external_editor import EditText, edit_in_editor
from .fault_finder import FaultFinder
from .field_row import field_row
from .form_dialog import FIELD_BINDINGS, reveal_focused
from .form_documents import FormDocuments
from .form_drafts import ProfileDrafts
from .form_editor import FormEditor
from .form_input import FormInput
from .form_interface import FormRefusal, FormStart, FormSubmission, Submit
from .form_items import ItemsList, ItemsSection
from .form_metadata import MetadataSection
from .form_widgets import FaultLine, FormText, Key, KeysLine
from .person_section import PersonSection
from .request_preview import RequestPreview

WIDE = 110
"""Least width in cells to show the request preview beside the fields."""

KEYS = (
    Key("ctrl+s", "preview", "screen.preview"),
    Key("esc", "close", "screen.close"),
    Key("ctrl+e", "as JSON", "screen.editor"),
    Key("ctrl+o", "paste", "screen.paste_box"),
    Key("ctrl+z", "undo", "screen.undo"),
    Key("ctrl+t", "discard", "screen.discard"),
    Key("tab", "next", "app.focus_next"),
    Key("ctrl+y", "redo", "screen.redo"),
)


class OrderForm(Screen[object]):
    """Creates or edits an order, up to the preview.

    While ``submit`` checks, shows and sends the change, the form stays open and accepts only esc. It closes
    with the result of ``submit``, or with ``None`` when the user closed it. In both cases the draft is kept;
    the caller removes it when the change is done.

    Args:
        start: the initial state.
        seen: suggestions for the fields.
        drafts: where drafts are saved; ``None`` saves none.
        decimals: decimals of typed amounts.
        edit_text: opens a text in an editor; the user's own unless given.
        submit: checks and sends the change; without it the form closes with the ``FormSubmission``.
        is_sending: whether ``submit`` has sent the change and waits for the answer.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/detail.tcss", "../styles/form.tcss"]
    AUTO_FOCUS: ClassVar[str] = "FormInput"

    BINDINGS: ClassVar[list[BindingType]] = [
        *FIELD_BINDINGS,
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
        seen: Suggestions,
        drafts: ProfileDrafts | None,
        decimals: int = DECIMALS,
        edit_text: EditText = edit_in_editor,
        submit: Submit | None = None,
        is_sending: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self.editing = FormEditor(start.state, seen=seen, decimals=decimals)
        self.updates = DebouncedUpdate(self, self.editing, self.settle)
        self.autosave = DraftAutosave(self, self.editing, drafts, saved_at=start.saved_at)
        self.documents = FormDocuments(self, self.editing, edit_text)
        self.fault_finder = FaultFinder(self, self.editing)
        self._dismissal = Dismissal(self, super().dismiss)
        self._refusal = ""
        self._submit = submit
        self._is_sending = is_sending
        self._submitting: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The title, the fields beside the preview, the faults, the keys."""
        editing = self.editing
        yield ScreenTitle(self._title())
        yield FormText(id="form-problem")
        with Horizontal(id="form-body"):
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in order_form_fields("text", "status"):
                    yield field_row(editing, field, documents=True)
                yield ItemsSection(editing)
                yield FormText("Amounts", classes="heading")
                for field in order_form_fields("amount"):
                    yield field_row(editing, field, documents=True)
                yield PersonSection(editing, "customer")
                yield PersonSection(editing, "referrer")
                yield MetadataSection(editing, ("metadata",))
                yield FormText("Time", classes="heading")
                for field in order_form_fields("time"):
                    yield field_row(editing, field, documents=True)
            yield RequestPreview(editing)
        yield FaultLine(editing)
        yield KeysLine(KEYS, id="form-keys")

    def on_mount(self) -> None:
        """Follow the form, and show faults reported before it was open."""
        self.updates.start()
        self.autosave.start()
        self._learn()
        self._show_problem()
        if self._refusal:
            self.call_after_refresh(self.fault_finder.go_to_first)

    async def on_unmount(self) -> None:
        """Save what was typed last."""
        self.updates.stop()
        await self.autosave.stop()

    def on_screen_resume(self) -> None:
        """The screen over the form was closed."""
        self._dismissal.resume()
        self.updates.resume()

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Leave with a result, once."""
        return self._dismissal.dismiss(result)

    def settle(self) -> None:
        """Update the view and the problem above the fields."""
        self.updates.show()
        if self.is_mounted:
            self._show_problem()

    def on_resize(self, event: events.Resize) -> None:
        """Show the request preview if there is room."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        outlook = self.query_one(RequestPreview)
        outlook.display = wide
        outlook.settle()

    # For the flow that sends the change.

    def refuse(self, faults: Sequence[FieldFault], message: str) -> None:
        """Show why the change was refused; the input is kept.

        Args:
            faults: the faults of single fields, if known.
            message: the reason, shown above the fields until the next attempt.
        """
        self._refusal = message
        self.editing.refuse(faults)
        if self.is_mounted:
            self.settle()
            self.fault_finder.go_to_first()

    # Submitting.

    async def action_preview(self) -> None:
        """Open the preview, or go to the first fault."""
        if self._submitting is not None:
            return
        self.editing.forget_refusal()
        self._refusal = ""
        self._learn()
        checked = self.editing.checked
        if checked.faults:
            self.settle()
            self.fault_finder.go_to_first()
            return
        if self.editing.state.kind == "update" and not checked.body:
            text = checked.warnings[0] if checked.warnings else "no field was changed"
            notify(self, text, title="Nothing to send", severity="warning")
            return
        await self.autosave.save(always=True)
        state = self.editing.state
        result = FormSubmission(state.kind, state.base, checked.intended, self.autosave.name)
        if self._submit is None:
            self.dismiss(result)
        else:
            self._submitting = self.run_worker(self._send(self._submit, result), group="submit")

    async def _send(self, submit: Submit, result: FormSubmission) -> None:
        """Submit the change; the fields are disabled so that the checked values stay as they are."""
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
        if isinstance(ended, FormRefusal):
            self.refuse(ended.faults, ended.message)
        elif ended is not None:
            self.dismiss(ended)

    async def action_close(self) -> None:
        """Stop a running check, or close the form."""
        if self._submitting is not None:
            if self._is_sending():
                notify(self, "The change is being sent. Wait for the result.", severity="warning")
            else:
                self._submitting.cancel()
                notify(self, "Nothing was sent.", title="Check stopped")
            return
        await self.autosave.close()

    def action_discard(self) -> None:
        """Ask whether to discard the input."""
        self.autosave.discard()

    def action_undo(self) -> None:
        """Undo the last change."""
        if not self.editing.undo():
            self.app.bell()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        if not self.editing.redo():
            self.app.bell()

    def action_reveal(self) -> None:
        """Show the masked value of the focused field."""
        reveal_focused(self)

    # Whole documents.

    def action_editor(self) -> None:
        """Edit the document as JSON in the user's editor."""
        self.documents.edit_as_json()

    def action_paste_box(self) -> None:
        """Open a box to paste into."""
        self.documents.open_paste_box()

    @on(FormInput.DocumentPasted)
    def _document_pasted(self, event: FormInput.DocumentPasted) -> None:
        event.stop()
        self.documents.paste(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """Take a document that is pasted outside of the fields."""
        if looks_like_document(event.text):
            event.stop()
            self.documents.paste(event.text)

    def _learn(self) -> None:
        """Register the values of the form with the masks."""
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
        message = f"Refused: {self._refusal}" if self._refusal else ""
        if rejected is not None:
            message = (
                f"The edited text is not an order: {rejected.reason}. Press ctrl+e to edit it again, "
                "ctrl+z to discard it."
            )
        problem = self.query_one("#form-problem", FormText)
        problem.display = bool(message)
        problem.say(visible(message, limit=600))

    @on(ItemsList.Opened)
    def _item_opened(self, event: ItemsList.Opened) -> None:
        event.stop()
        self.fault_finder.open_item(event.place)
