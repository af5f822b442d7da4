"""A row of a form: a name, where it is typed, and below it what is wrong, or what fits."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from tui.app.masking import masks_at
from tui.terminal.visible import visible

from .entry import Entry
from .matches_list import MatchesList
from .model.seen import SeenValue, matches
from .words import Words

LOCKED = "masked: ctrl+r shows it until you leave the field, to be edited"


class LabelledRow(Widget):
    """A name, a control, and a line below that is there only while it says something."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def control(self) -> Widget:
        """Make what takes the focus."""
        raise NotImplementedError  # a subclass gives it

    def compose(self) -> ComposeResult:
        """The name and the control, then the line below."""
        with Horizontal(classes="field"):
            yield Words(self._label, classes="label")
            yield self.control()
        yield Words(classes="note")

    def say(self, note: str, *, faulty: bool = False) -> None:
        """Say something below the control; nothing takes the line away."""
        self.set_class(faulty, "-faulty")
        self.set_class(bool(note), "-noted")
        self.query_one(".note", Words).say(visible(note, limit=300))


class EntryRow(LabelledRow):
    """A row to type in, with values seen before. Subclasses say what is known and take what is typed."""

    def __init__(self, label: str, *, documents: bool = False) -> None:
        super().__init__(label)
        self._documents = documents
        self._matches: MatchesList | None = None

    # What a subclass gives.

    def take(self, text: str) -> None:
        """Take what is typed."""

    def known(self) -> Iterable[SeenValue]:
        """The values seen before."""
        return ()

    def covered(self, text: str) -> str:
        """How a text looks here under the session's masks."""
        return masks_at(self).text(text)

    def learn(self) -> None:
        """Let the masks know what was typed; a part of it, while it is typed, is nobody's name."""

    # Showing.

    def control(self) -> Widget:
        """The field to type in."""
        entry = Entry(documents=self._documents)
        entry.cover = self.covered
        return entry

    @property
    def entry(self) -> Entry:
        """The field to type in."""
        return self.query_one(Entry)

    def show(self, text: str) -> None:
        """Put a text into the field that nobody typed."""
        entry = self.entry
        if entry.value != text:
            with self.prevent(Input.Changed):
                entry.value = text
                entry.cursor_position = len(text)

    # Values seen before.

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
            self._matches = MatchesList()
            self.mount(self._matches)
        self._matches.offer(found)

    @on(Entry.Locked)
    def _locked(self, event: Entry.Locked) -> None:
        event.stop()
        self.say(LOCKED)

    @on(Entry.MatchesWanted)
    def _wanted(self, event: Entry.MatchesWanted) -> None:
        event.stop()
        self._offer(self.entry.value, wanted=True)
        if self._matches is not None and self._matches.offered:
            self._matches.focus()
            self._matches.highlighted = 0
        else:
            self.screen.focus_next()

    @on(MatchesList.Taken)
    def _taken(self, event: MatchesList.Taken) -> None:
        event.stop()
        entry = self.entry
        entry.value = event.text
        entry.cursor_position = len(event.text)
        self._leave()

    @on(MatchesList.Left)
    def _left(self, event: MatchesList.Left) -> None:
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self.entry.focus()
        self.call_after_refresh(self._hide_matches)

    def _hide_matches(self) -> None:
        if self._matches is not None:
            self._matches.offer(())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The list goes when the row is left."""
        del event
        self.learn()
        self.call_after_refresh(self._hide_unless_used)

    def _hide_unless_used(self) -> None:
        if self._matches is not None and not self.has_focus_within:
            self._hide_matches()
