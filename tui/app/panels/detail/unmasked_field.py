"""One field without its mask for a few seconds, in its own widget; everything else stays masked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.content import Content
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.app.terminal_io.mask_filter import UNMASKED_META
from tui.orders.order import Order
from tui.orders.paths import Path, format_path, value_at
from tui.orders.privacy.document_masking import same_place
from tui.terminal.visible import visible, written_out

SECONDS = 10
"""Seconds that the field is shown."""

LONGEST = 1000
"""Most characters shown."""


class UnmaskedField(Widget):
    """The path, the value and the seconds left; hidden when there is nothing to show."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._where = ""
        self._value = ""
        self._until = 0.0
        self._countdown: Timer | None = None

    def reveal(self, path: Path, value: Any) -> None:
        """Show a value for ten seconds."""
        self.hide()
        self._where = visible(format_path(path), limit=200)
        self._value = _value_text(value)
        self._until = self._clock() + SECONDS
        self.display = True
        self._countdown = self.set_interval(0.25, self._tick)
        self.refresh(layout=True)

    def reveal_field(self, order: Order, shown: Order, path: Path) -> str | None:
        """Show a field of an order; return the reason if that is not possible.

        Args:
            order: the order as it is.
            shown: the order as the user sees it; ``order`` itself if nothing of it is masked.
            path: the field, in ``shown``.
        """
        if shown is order:
            return "nothing of this order is masked"
        try:
            path = same_place(shown.raw, order.raw, path)
        except LookupError:
            return "this field was not sent"
        value, masked = value_at(order.raw, path), value_at(shown.raw, path)
        if isinstance(value, dict | list):
            return "select a single field first"
        if value == masked:
            return "this field is not masked"
        self.reveal(path, value)
        return None

    def hide(self) -> None:
        """Clear the value and hide."""
        self._value = ""
        self.display = False
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None

    def on_mount(self) -> None:
        """Start hidden."""
        self.display = False

    def render(self) -> Content:
        """The path and the time left, then the value."""
        left = max(1, round(self._until - self._clock() + 0.5))
        lines = (f"{self._where}, masked again in {left} s, esc sooner", "bold")
        return Content("\n").join([Content.assemble(lines), Content(self._value)])

    def render_line(self, y: int) -> Strip:
        """Exempt these lines from the mask filter."""
        return super().render_line(y).apply_meta(UNMASKED_META)

    def _tick(self) -> None:
        if self._clock() >= self._until:
            self.hide()
        else:
            self.refresh()


def _value_text(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    lines = [written_out(line) for line in text[:LONGEST].replace("\r\n", "\n").split("\n")]
    left_out = len(text) - LONGEST
    return "\n".join(lines) + (f" … +{left_out:,} characters" if left_out > 0 else "")
