"""The choice of what to copy, one letter each."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_CHOICES = (("v", "value"), ("p", "path"), ("j", "JSON pointer"), ("d", "document"))
_ESCAPED = (("v", "value as escaped JSON"), *_CHOICES[1:])


def _choice(width: int, *, escaped: bool) -> Content:
    """The letters, each with its words; only the last word of them where there is little room."""
    choices, words = (_ESCAPED, width >= 66) if escaped else (_CHOICES, width >= 50)
    parts: list[Content] = [Content("Copy ")]
    for letter, word in choices:
        parts += [Content(" "), Content(letter).stylize("bold underline")]
        parts.append(Content(f" {word} " if words else f" {word.split()[-1][:7]}"))
    return Content("").join(parts)


class CopyBar(Static, can_focus=True):
    """A line that takes one key: a letter chooses, anything else goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "choose('value')", "Copy value"),
        Binding("p", "choose('path')", "Copy path"),
        Binding("j", "choose('pointer')", "Copy JSON pointer"),
        Binding("d", "choose('document')", "Copy document"),
        Binding("escape", "choose('')", "Back"),
    ]

    _LETTERS = frozenset({"v", "p", "j", "d", "escape"})

    class Chosen(Message):
        """What to copy; empty for nothing."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self) -> None:
        super().__init__(_choice(80, escaped=False))
        self._escaped = False

    def offer(self, *, escaped: bool) -> None:
        """Say whether the value is one that leaves as escaped JSON only."""
        self._escaped = escaped
        self.update(_choice(self.size.width, escaped=escaped))

    def on_resize(self, event: events.Resize) -> None:
        """Say it in fewer words where there is little room."""
        self.update(_choice(event.size.width, escaped=self._escaped))

    def action_choose(self, what: str) -> None:
        """Tell the choice."""
        self.post_message(self.Chosen(what))

    def on_key(self, event: events.Key) -> None:
        """Any other key goes back, and does nothing else."""
        if event.key not in self._LETTERS:
            event.stop()
            event.prevent_default()
            self.action_choose("")

    def on_blur(self) -> None:
        """Whoever goes elsewhere is not asked further."""
        self.action_choose("")
