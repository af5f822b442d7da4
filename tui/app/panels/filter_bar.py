"""The line in which a filter is typed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FilterBar(Horizontal):
    """Tells every change of the text as it is typed. Hidden until it is opened."""

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """Enter: the filter stays and the keyboard goes back to the table."""

    def compose(self) -> ComposeResult:
        """A sign, the text, and what is wrong with it."""
        yield Static(Content("/"), id="filter-sign")
        yield Input(
            placeholder="filter what is loaded", id="filter-text", compact=True, select_on_focus=False
        )
        yield Static(Content(""), id="filter-fault")

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.has_class("-open")

    def open(self, text: str) -> None:
        """Show the bar with a text in it, ready to type on."""
        self.add_class("-open")
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        # At once, not by way of the queue: keys that come right behind must not reach the table.
        self.screen.set_focus(field)

    def close(self) -> None:
        """Take it off the screen; what was typed stays in force."""
        self.say("")
        self.remove_class("-open")

    def say(self, fault: str) -> None:
        """Say, in visible text, what is wrong with the filter; nothing when it is right."""
        self.query_one("#filter-fault", Static).update(Content(fault))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Done typing."""
        event.stop()
        self.post_message(self.Kept())
