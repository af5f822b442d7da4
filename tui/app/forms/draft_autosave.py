"""Saves the form as a draft while the user types."""

from __future__ import annotations

import sqlite3
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.notifications import notify
from tui.app.forms.form_drafts import InvalidDraft, draft_name, from_draft
from tui.app.masking import masks_at
from tui.app.workers import start_worker
from tui.jobs.changes.drafts import Draft
from tui.orders.times import format_short
from tui.terminal.visible import visible

from .form_drafts import ProfileDrafts
from .form_editor import FormEditor
from .form_widgets import FaultLine

SAVE_AFTER = 0.5
"""Seconds without input after which the draft is saved."""


class DraftAutosave:
    """Saves a draft after each change, offers an existing draft, and closes without losing input.

    Args:
        screen: the screen of the form.
        editing: the form.
        drafts: where drafts are saved; ``None`` saves none.
        saved_at: when the draft was saved that the form was opened from.
    """

    def __init__(
        self,
        screen: Screen[Any],
        editing: FormEditor,
        drafts: ProfileDrafts | None,
        *,
        saved_at: str | None = None,
    ) -> None:
        self._screen = screen
        self._editing = editing
        self._drafts = drafts
        self._saved_at = saved_at
        self._saving: Timer | None = None
        self._unsaved = False

    @property
    def name(self) -> str:
        """The name of the form's draft."""
        return draft_name(self._editing.state)

    def start(self) -> None:
        """Follow the form. Offer an existing draft, unless the form was opened from one."""
        self._editing.listeners.append(self._changed)
        if self._saved_at is not None:
            self._say_draft(f"draft of {format_short(self._saved_at)} UTC")
        elif self._drafts is not None:
            self._screen.run_worker(self._offer_draft(self._drafts), group="offer")

    async def stop(self) -> None:
        """Stop following the form; save the last input."""
        if self._changed in self._editing.listeners:
            self._editing.listeners.remove(self._changed)
        await self.save()

    def _changed(self, reload: bool) -> None:
        del reload
        self._unsaved = True
        if self._drafts is not None:
            if self._saving is not None:
                self._saving.stop()
            self._saving = self._screen.set_timer(SAVE_AFTER, self._start_saving)

    async def save(self, *, always: bool = False) -> bool:
        """Save the draft; return whether everything typed is saved.

        An unchanged form needs no draft, so an earlier draft is deleted. ``always`` saves also what did not
        change since.
        """
        self._unsaved = self._unsaved or always
        if self._drafts is None or not self._unsaved:
            return not self._unsaved
        self._unsaved = False
        try:
            if self._editing.state.is_untouched:
                await self._drafts.discard(self.name)
                self._say_draft("")
            else:
                kept = await self._drafts.save(self._editing.state)
                self._say_draft(f"draft saved {visible(kept.saved_at[11:19])} UTC")
        except (OSError, sqlite3.Error, ValueError) as error:
            self._unsaved = True
            self._say_draft(visible(f"draft not saved: {error}", limit=120))
        return not self._unsaved

    async def close(self) -> None:
        """Close the form; the input stays as a draft."""
        untouched = self._editing.state.is_untouched
        if not await self.save() and not untouched:
            self.discard()
            return
        if self._drafts is not None and not untouched:
            notify(self._screen, "Saved as a draft. Open the form again to continue.")
        self._screen.dismiss(None)

    def discard(self) -> None:
        """Ask whether to discard the input."""
        choices = [
            Choice("keep", "No, continue editing"),
            Choice("discard", "Yes, discard it", "and close the form"),
        ]
        self._screen.app.push_screen(Chooser("Discard what you typed?", choices), self._discard_chosen)

    async def _discard_chosen(self, choice: str | None) -> None:
        if choice != "discard":
            return
        self._unsaved = False
        if self._saving is not None:
            self._saving.stop()
        if self._drafts is not None:
            try:
                await self._drafts.discard(self.name)
            except (OSError, sqlite3.Error) as error:
                notify(self._screen, str(error), title="The draft could not be removed", severity="error")
        self._screen.dismiss(None)

    def _start_saving(self) -> None:
        start_worker(self._screen, self.save, group="save")

    def _say_draft(self, words: str) -> None:
        for line in self._screen.query(FaultLine):  # none is left while the screen goes
            line.say_draft(words)

    async def _offer_draft(self, drafts: ProfileDrafts) -> None:
        try:
            kept = await drafts.load(self.name)
        except (OSError, sqlite3.Error, ValueError):
            return  # a draft that cannot be read must not keep a form from opening
        if kept is None or self._unsaved:
            return
        choices = [
            Choice(
                "draft",
                "Continue with the draft",
                f"saved {visible(format_short(kept.saved_at), limit=40)} UTC",
            ),
            Choice("fresh", "Begin afresh", "typing discards the draft"),
        ]
        asked = Chooser("There is a draft", choices, note="esc leaves the draft and closes the form")
        self._screen.app.push_screen(asked, lambda choice: self._draft_chosen(choice, kept))

    def _draft_chosen(self, choice: str | None, kept: Draft) -> None:
        if choice is None:
            self._screen.dismiss(None)
        elif choice == "draft":
            try:
                state = from_draft(kept.content)
            except InvalidDraft as error:
                notify(self._screen, str(error), title="The draft was not changed", severity="warning")
            else:
                masks_at(self._screen).learn(state.document)
                self._editing.start_over(state)
                self._unsaved = False
                self._say_draft(f"draft of {visible(format_short(kept.saved_at), limit=40)} UTC")
