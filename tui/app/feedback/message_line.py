"""Notifications at the bottom of the top screen: they take space instead of covering other widgets."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.notifications import SeverityLevel
from textual.widgets import Static

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from textual.app import App

READING_TIME = 1.0
"""Seconds for which a message stays even if keys are pressed; after that the next key closes it."""

MAX_SHOWN = 3
"""Messages that are shown at once, the newest last."""

_BULLETS: dict[SeverityLevel, str] = {"information": "•", "warning": "!", "error": "✗"}


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its title; ``shown_at`` is in the seconds of the clock."""

    text: str
    title: str
    severity: SeverityLevel
    shown_at: float


class MessageLine(Static):
    """Up to ``MAX_SHOWN`` messages."""


class Messages:
    """Messages of one app. They are shown on the top screen until a key is pressed.

    Textual's toasts cover questions and fields, go after five seconds, read or not, and pile up.
    """

    def __init__(self, app: App[Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._messages: list[Message] = []
        self._line: MessageLine | None = None

    def add(self, text: str, *, title: str, severity: SeverityLevel) -> None:
        """Show a message below the current ones."""
        same = [each for each in self._messages if (each.text, each.title) == (text, title)]
        self._messages = [each for each in self._messages if each not in same]
        self._messages.append(Message(text, title, severity, self._clock()))
        self.refresh()

    def key_pressed(self) -> None:
        """Remove the messages that could be read."""
        now = self._clock()
        left = [each for each in self._messages if now - each.shown_at < READING_TIME]
        if len(left) < len(self._messages):
            self._messages = left
            self.refresh()

    def refresh(self) -> None:
        """Show the messages on the screen in front and nowhere else."""
        stack = self._app.screen_stack
        screen = stack[-1] if stack else None
        if self._line is not None and (self._line.parent is not screen or not self._messages):
            if self._line.is_attached:
                self._line.remove()
            self._line = None
        if screen is None or not self._messages or not screen.is_mounted:
            return
        if self._line is None:
            self._line = MessageLine(Content(""))
            screen.mount(self._line)
        self._line.update(self._content())

    def _content(self) -> Content:
        shown = self._messages[-MAX_SHOWN:]
        lines = [_line_of(each) for each in shown]
        if earlier := len(self._messages) - len(shown):
            lines.insert(0, Content.styled(f"  {earlier} earlier", "dim"))
        return Content("\n").join(lines)


def _line_of(message: Message) -> Content:
    role = {"information": "$primary", "warning": "$warning", "error": "$error"}[message.severity]
    bullet = Content.styled(f"{_BULLETS[message.severity]} ", f"bold {role}")
    title = f"{visible(message.title, limit=80)}: " if message.title else ""
    text = visible(" · ".join(line for line in message.text.splitlines() if line), limit=400)
    return Content.assemble(bullet, (title, "bold"), text)
