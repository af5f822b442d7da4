"""Fields to type and paste in: what would act on the terminal or hide in it stands as one sign there."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.widgets import Input, TextArea

from tui.app.feedback.notifications import notify
from tui.terminal.visible import hidden_characters

SIGN = "�"


class TypedLine(Input):
    """A line to type in. Its value is what was typed, to the character."""

    def _on_paste(self, event: events.Paste) -> None:
        """Take one line; of several, none: Textual would take the first and drop the others in silence."""
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
        # Rich's Text drops some control characters silently: they have to be signs before they get there.
        text = Text(with_signs(self.value), no_wrap=True, overflow="ignore", end="")
        return text if self.highlighter is None else self.highlighter(text)


class TypedText(TextArea):
    """Several lines to type or paste in. Its text is what was typed, to the character."""

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn."""
        return Text(with_signs(self.document.get_line(line_index), kept="\t"), end="", no_wrap=True)


def with_signs(text: str, *, kept: str = "") -> str:
    """The text with a sign in place of each character that would act or hide: places stay the same."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        SIGN if character not in kept and hidden_characters(character) else character for character in text
    )
