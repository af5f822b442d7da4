"""A form that takes whole documents: pasted, from a curl command, or from the user's editor."""

from __future__ import annotations

from textual import events, on
from textual.app import SuspendNotSupported

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.notifications import notify
from tui.app.masking import masks_at
from tui.terminal.visible import visible

from .draft_keeper import DraftKeeper
from .drafted import DraftedScreen
from .editing import Editing
from .entry import Entry
from .external_editor import EditorFailed, EditText, NoEditor
from .model.documents import document_text, fill, take_text
from .model.pasting import NotAnOrder, Pasted, looks_like_document, read_pasted
from .paste_box import PasteBox


class DocumentScreen(DraftedScreen):
    """Asks before a document takes the place of what was typed; keeps an edited text that is no order."""

    def __init__(
        self, editing: Editing, drafts: DraftKeeper | None, *, saved_at: str | None, edit_text: EditText
    ) -> None:
        super().__init__(editing, drafts, saved_at=saved_at)
        self._edit_text = edit_text

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
            notify(self, str(reason), title="Nothing was filled in", severity="warning")

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
        self.editing.change(fill(self.editing.state, pasted.document, whole=choice == "whole"))
        notify(self, f"Filled {pasted.remark}; ctrl+z undoes it")

    def action_editor(self) -> None:
        """Edit the document as JSON in the user's editor; what is no order comes back and is kept."""
        state = self.editing.state
        if masks_at(self).on:
            notify(self, "An editor would show what is masked", title="Not edited", severity="warning")
            return
        try:
            with self.app.suspend():
                text = self._edit_text(document_text(state))
        except SuspendNotSupported:
            notify(self, "This terminal cannot make way for an editor", severity="warning")
        except EditorFailed as error:
            # The text may be the work of minutes: it is taken, and one key undoes that.
            self.editing.change(take_text(state, error.text))
            notify(self, f"{error}; its text is in the form. ctrl+z undoes it.", severity="warning")
        except NoEditor as error:
            notify(self, str(error), title="Not edited", severity="warning")
        else:
            self.editing.change(take_text(state, text))
        self.refresh(layout=True)
