"""Whole documents in the form: pasted, from a curl command, or from the user's editor."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.notifications import notify
from tui.app.forms.model.document_input import (
    NotAnOrder,
    Pasted,
    apply_text,
    document_text,
    fill_form,
    looks_like_document,
    read_pasted,
)
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.safe_input import SafeTextArea
from tui.terminal.visible import visible

from .draft_autosave import DraftedScreen
from .external_editor import EditorError, EditorFailed, EditText
from .form_drafts import ProfileDrafts
from .form_editor import FormEditor
from .form_input import FormInput
from .form_widgets import Key, KeysLine

PASTE_HINT = "Paste JSON or a curl command. The command is not run; its headers are dropped."


class PasteBox(Modal[Pasted | None]):
    """Closes with the pasted document, or ``None``. A text that is not an order stays in the box."""

    CSS_PATH: ClassVar[str] = "../styles/form.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", priority=True),
        Binding("ctrl+s", "take", "Take", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """The account, and a text area in a box."""
        yield ScreenTitle()
        with Vertical(classes="form-box") as box:
            box.border_title = Content("Paste an order")
            yield Static(Content(PASTE_HINT), classes="remark")
            yield SafeTextArea(soft_wrap=True, tab_behavior="focus")
            yield Static(Content(""), classes="fault")
            yield KeysLine((Key("ctrl+s", "take it", "screen.take"), Key("esc", "close", "screen.give_up")))

    def on_text_area_changed(self) -> None:
        """Clear the error when the text changes."""
        self.query_one(".fault", Static).update(Content(""))

    def action_take(self) -> None:
        """Parse the text."""
        try:
            pasted = read_pasted(self.query_one(TextArea).text)
        except NotAnOrder as reason:
            self.query_one(".fault", Static).update(Content(visible(f"! {reason}", limit=300)))
        else:
            self.dismiss(pasted)

    def action_give_up(self) -> None:
        """Nothing."""
        self.dismiss(None)


class DocumentScreen(DraftedScreen):
    """Fills the form from pasted or edited documents; asks before it replaces the input."""

    def __init__(
        self, editing: FormEditor, drafts: ProfileDrafts | None, *, saved_at: str | None, edit_text: EditText
    ) -> None:
        super().__init__(editing, drafts, saved_at=saved_at)
        self._edit_text = edit_text

    @on(FormInput.DocumentPasted)
    def _document_pasted(self, event: FormInput.DocumentPasted) -> None:
        event.stop()
        self._take_paste(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """Handle a paste outside of the fields."""
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
            notify(self, str(reason), title="Nothing was pasted", severity="warning")

    def _offer_pasted(self, pasted: Pasted | None) -> None:
        if pasted is None:
            return
        fields = ", ".join(pasted.document) or "no fields"
        choices = [
            Choice("over", "Merge it into the form", "other fields stay"),
            Choice("whole", "Replace the form"),
        ]
        if not self.editing.state.document:
            choices = [Choice("whole", "Yes, fill the form")]
        note = visible(f"{pasted.remark}: {fields}", limit=200)
        asked = Chooser("Fill the form?", choices, note=note)
        self.app.push_screen(asked, lambda choice: self._fill(pasted, choice))

    def _fill(self, pasted: Pasted, choice: str | None) -> None:
        if choice is None:
            return
        self.editing.change(fill_form(self.editing.state, pasted.document, whole=choice == "whole"))
        notify(self, f"Filled {pasted.remark}; ctrl+z undoes it")

    def action_editor(self) -> None:
        """Edit the document as JSON in the user's editor. A text that is not an order is kept."""
        state = self.editing.state
        if masks_at(self).on:
            notify(self, "An editor would show masked data", title="Not edited", severity="warning")
            return
        try:
            with self.app.suspend():
                text = self._edit_text(document_text(state))
        except SuspendNotSupported:
            notify(self, "An editor cannot be opened in this terminal.", severity="warning")
        except EditorFailed as error:
            # The text may be the work of minutes: keep it, one key undoes that.
            self.editing.change(apply_text(state, error.text))
            notify(self, f"{error}; its text is in the form. ctrl+z undoes it.", severity="warning")
        except EditorError as error:
            notify(self, str(error), title="Not edited", severity="warning")
        else:
            self.editing.change(apply_text(state, text))
        self.refresh(layout=True)
