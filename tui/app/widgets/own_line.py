"""An input that masks its value unless the user is editing it."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.message import Message
from textual.strip import Strip

from tui.app.terminal_io.mask_filter import UNMASKED_META

from .typed_line import TypedLine, with_signs


class OwnLine(TypedLine):
    """What is typed here is shown as it is typed, on a masked screen too, as long as it has the focus.

    ``cover`` tells how a text looks under the session's masks. A value that was there before and looks other
    than it is stays covered, and is not edited, until ``uncover``; leaving the field covers it again.
    """

    class Locked(Message):
        """Something was typed into a covered value, which it did not change."""

    cover: Callable[[str], str] | None = None
    _uncovered = False

    @property
    def covered(self) -> bool:
        """Whether the value is hidden behind masks."""
        if self.cover is None or self._uncovered or not self.value:
            return False
        return self.cover(self.value) != self.value

    def uncover(self) -> None:
        """Show the value, to be edited, until the field is left."""
        self._uncovered = True
        self.refresh()

    def replace(self, text: str, start: int, end: int) -> None:
        """Edit; what is typed into a field makes its text the person's own."""
        if self.covered:
            self.post_message(self.Locked())
            return
        self._uncovered = True
        super().replace(text, start, end)

    def clear(self) -> None:
        """Empty the field."""
        if self.covered:
            self.post_message(self.Locked())
        else:
            super().clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is covered is not copied."""
        if action in ("copy", "cut") and self.covered:
            return False
        return super().check_action(action, parameters)

    def render_line(self, y: int) -> Strip:
        """The net at the edge lets the person's own text pass."""
        strip = super().render_line(y)
        return strip.apply_meta(UNMASKED_META) if self.has_focus and not self.covered else strip

    def on_blur(self) -> None:
        """Whoever comes back finds it covered."""
        self._uncovered = False
        self.refresh()

    @property
    def _value(self) -> Text:
        if self.cover is not None and self.covered:
            return Text(with_signs(self.cover(self.value)), no_wrap=True, overflow="ignore", end="")
        return super()._value
