"""Whole documents in the form: pasted, from a curl command, or from the user's editor."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.notifications import notify
from tui.app.forms.model.document_input import (
    NotAnOrder,
    Pasted,
    apply_text,
    document_text,
    fill_form,
    read_pasted,
)
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.safe_input import SafeTextArea
from tui.terminal.visible import visible

from .external_editor import EditorError, EditorFailed, EditText
from .form_editor import FormEditor
from .form_widgets import Key, KeysLine

PASTE_HINT = "Paste JSON or a curl command. The command is not run; its headers are dropped."


class PasteBox(Modal[Pasted | None]):
    """Closes with the pasted document, or ``None``. A text that is not an order stays in the box."""

    CSS_PATH: ClassVar[str] = "../styles/form.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", priority=True),
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
            yield KeysLine((Key("ctrl+s", "take it", "screen.take"), Key("esc", "close", "screen.dismiss")))

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


class FormDocuments:
    """Fills the form from pasted or edited documents; asks before it replaces the input.

    Args:
        screen: the screen of the form.
        editing: the form.
        edit_text: opens a text in an editor.
    """

    def __init__(self, screen: Screen[Any], editing: FormEditor, edit_text: EditText) -> None:
        self._screen = screen
        self._editing = editing
        self._edit_text = edit_text

    def open_paste_box(self) -> None:
        """Open a box to paste into."""
        self._screen.app.push_screen(PasteBox(), self._offer_pasted)

    def paste(self, text: str) -> None:
        """Offer to fill the form from a text, or show why that cannot be."""
        try:
            self._offer_pasted(read_pasted(text))
        except NotAnOrder as reason:
            notify(self._screen, str(reason), title="Nothing was pasted", severity="warning")

    def _offer_pasted(self, pasted: Pasted | None) -> None:
        if pasted is None:
            return
        fields = ", ".join(pasted.document) or "no fields"
        choices = [
            Choice("over", "Merge it into the form", "other fields stay"),
            Choice("whole", "Replace the form"),
        ]
        if not self._editing.state.document:
            choices = [Choice("whole", "Yes, fill the form")]
        note = visible(f"{pasted.remark}: {fields}", limit=200)
        asked = Chooser("Fill the form?", choices, note=note)
        self._screen.app.push_screen(asked, lambda choice: self._fill(pasted, choice))

    def _fill(self, pasted: Pasted, choice: str | None) -> None:
        if choice is None:
            return
        self._editing.change(fill_form(self._editing.state, pasted.document, whole=choice == "whole"))
        notify(self._screen, f"Filled {pasted.remark}; ctrl+z undoes it")

    def edit_as_json(self) -> None:
        """Edit the document as JSON in the user's editor. A text that is not an order is kept."""
        state = self._editing.state
        if masks_at(self._screen).on:
            notify(self._screen, "An editor would show masked data", title="Not edited", severity="warning")
            return
        try:
            with self._screen.app.suspend():
                text = self._edit_text(document_text(state))
        except SuspendNotSupported:
            notify(self._screen, "An editor cannot be opened in this terminal.", severity="warning")
        except EditorFailed as error:
            # The text may be the work of minutes: keep it, one key undoes that.
            self._editing.change(apply_text(state, error.text))
            notify(self._screen, f"{error}; its text is in the form. ctrl+z undoes it.", severity="warning")
        except EditorError as error:
            notify(self._screen, str(error), title="Not edited", severity="warning")
        else:
            self._editing.change(apply_text(state, text))
        self._screen.refresh(layout=True)
