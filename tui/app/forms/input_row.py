"""Rows of the form: a label, an input, and below it a fault, a note or suggestions."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from tui.app.forms.model.suggestions import FieldSuggestion, matches
from tui.app.masking import masks_at
from tui.terminal.visible import visible

from .form_input import FormInput, SuggestionList
from .form_widgets import FormText

LOCKED = "masked: press ctrl+r to show and edit it"


class LabelledRow(Widget):
    """A label, a control, and a note below that is hidden while it is empty."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def control(self) -> Widget:
        """Create the control."""
        raise NotImplementedError  # a subclass gives it

    def compose(self) -> ComposeResult:
        """The label and the control, then the note."""
        with Horizontal(classes="field"):
            yield FormText(self._label, classes="label")
            yield self.control()
        yield FormText(classes="note")

    def say(self, note: str, *, faulty: bool = False) -> None:
        """Show a note below the control; an empty note hides the line."""
        self.set_class(faulty, "-faulty")
        self.set_class(bool(note), "-noted")
        self.query_one(".note", FormText).say(visible(note, limit=300))


class InputRow(LabelledRow):
    """A row with an input and suggestions; subclasses provide the suggestions and handle the text."""

    def __init__(self, label: str, *, documents: bool = False) -> None:
        super().__init__(label)
        self._documents = documents
        self._matches: SuggestionList | None = None

    # For subclasses.

    def take(self, text: str) -> None:
        """Handle the typed text."""

    def known(self) -> Iterable[FieldSuggestion]:
        """The suggestions for this field."""
        return ()

    def covered(self, text: str) -> str:
        """The text with personal data masked."""
        return masks_at(self).text(text)

    def learn(self) -> None:
        """Register the finished text with the masks; a partly typed text is not registered."""

    # Showing.

    def control(self) -> Widget:
        """The input."""
        entry = FormInput(documents=self._documents)
        entry.cover = self.covered
        return entry

    @property
    def entry(self) -> FormInput:
        """The input."""
        return self.query_one(FormInput)

    def show(self, text: str) -> None:
        """Set the text of the input without a change message."""
        entry = self.entry
        if entry.value != text:
            with self.prevent(Input.Changed):
                entry.value = text
                entry.cursor_position = len(text)

    # Suggestions.

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.take(event.value)
        self._offer(event.value)

    def _offer(self, typed: str, *, wanted: bool = False) -> None:
        known = (value for value in self.known() if self.covered(value.text) == value.text)
        found = matches(known, typed) if typed or wanted else []
        if self._matches is None:
            if not found:
                return
            self._matches = SuggestionList()
            self.mount(self._matches)
        self._matches.offer(found)

    @on(FormInput.Locked)
    def _locked(self, event: FormInput.Locked) -> None:
        event.stop()
        self.say(LOCKED)

    @on(FormInput.MatchesWanted)
    def _wanted(self, event: FormInput.MatchesWanted) -> None:
        event.stop()
        self._offer(self.entry.value, wanted=True)
        if self._matches is not None and self._matches.offered:
            self._matches.focus()
            self._matches.highlighted = 0
        else:
            self.screen.focus_next()

    @on(SuggestionList.Taken)
    def _taken(self, event: SuggestionList.Taken) -> None:
        event.stop()
        entry = self.entry
        entry.value = event.text
        entry.cursor_position = len(event.text)
        self._leave()

    @on(SuggestionList.Left)
    def _left(self, event: SuggestionList.Left) -> None:
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self.entry.focus()
        self.call_after_refresh(self._hide_matches)

    def _hide_matches(self) -> None:
        if self._matches is not None:
            self._matches.offer(())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Hide the suggestions when the row loses focus."""
        del event
        self.learn()
        self.call_after_refresh(self._hide_unless_used)

    def _hide_unless_used(self) -> None:
        if self._matches is not None and not self.has_focus_within:
            self._hide_matches()
