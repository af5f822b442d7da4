"""Input fields that draw control and hidden characters as a replacement sign."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.app.feedback.notifications import notify
from tui.app.terminal_io.mask_filter import UNMASKED_META
from tui.terminal.visible import hidden_characters

REPLACEMENT = "�"


class SafeInput(Input):
    """An input of one line. Its value is exactly what was typed; only its drawing is made safe."""

    def _on_paste(self, event: events.Paste) -> None:
        """Paste one line. Several lines are refused: Textual would silently drop all but the first."""
        event.prevent_default()
        event.stop()
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            notify(
                self,
                f"This field holds one line, and {len(lines):,} were pasted.",
                title="Nothing was pasted",
                severity="warning",
            )
        elif lines:
            self.replace(lines[0], *sorted(self.selection))

    @property
    def _value(self) -> Text:
        if self.password:
            return super()._value
        # Rich's Text silently drops some control characters, so replace them first.
        text = Text(replace_hidden(self.value), no_wrap=True, overflow="ignore", end="")
        return text if self.highlighter is None else self.highlighter(text)


class SafeTextArea(TextArea):
    """An input of several lines. Its text is exactly what was typed; only its drawing is made safe."""

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn."""
        return Text(replace_hidden(self.document.get_line(line_index), kept="\t"), end="", no_wrap=True)


def replace_hidden(text: str, *, kept: str = "") -> str:
    """The text with each control or hidden character replaced by one sign, so that positions match."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        REPLACEMENT if character not in kept and hidden_characters(character) else character
        for character in text
    )


class MaskedInput(SafeInput):
    """An input that hides personal data but shows what the user types while it has the focus.

    ``cover`` masks a text. A value that was there before and that ``cover`` changes is hidden and read-only
    until ``uncover``; it is hidden again when the input loses focus.
    """

    class Locked(Message):
        """The user typed into a hidden value; it was not changed."""

    cover: Callable[[str], str] | None = None
    _uncovered = False

    @property
    def covered(self) -> bool:
        """Whether the value is hidden."""
        if self.cover is None or self._uncovered or not self.value:
            return False
        return self.cover(self.value) != self.value

    def uncover(self) -> None:
        """Show the value, and allow editing, until the input loses focus."""
        self._uncovered = True
        self.refresh()

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace text, unless the value is hidden; the result is shown as the user's own input."""
        if self.covered:
            self.post_message(self.Locked())
            return
        self._uncovered = True
        super().replace(text, start, end)

    def clear(self) -> None:
        """Clear the input, unless the value is hidden."""
        if self.covered:
            self.post_message(self.Locked())
        else:
            super().clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do not copy a hidden value."""
        if action in ("copy", "cut") and self.covered:
            return False
        return super().check_action(action, parameters)

    def render_line(self, y: int) -> Strip:
        """Exempt the user's own input from the mask filter."""
        strip = super().render_line(y)
        return strip.apply_meta(UNMASKED_META) if self.has_focus and not self.covered else strip

    def on_blur(self) -> None:
        """Hide the value again."""
        self._uncovered = False
        self.refresh()

    @property
    def _value(self) -> Text:
        if self.cover is not None and self.covered:
            return Text(replace_hidden(self.cover(self.value)), no_wrap=True, overflow="ignore", end="")
        return super()._value
