"""The problem panel: the last failure and what to do about it."""

from __future__ import annotations

import math
import time

from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from tui.errors import OrdexError
from tui.terminal.visible import visible
from tui.voucherify.errors import RateLimited, VoucherifyError

LONGEST_WAIT = 24 * 3600
"""Seconds beyond which the service's time of retry is ignored."""


class Problem(Static):
    """A panel about the last failure. A rate limit counts down and then asks for another try by itself."""

    class Due(Message):
        """Retry at the end of the wait."""

    def __init__(self) -> None:
        super().__init__(Content(""))
        self._error: Exception | None = None
        self._way_out = ""
        self._ends: float | None = None
        self._timer: Timer | None = None

    @property
    def is_open(self) -> bool:
        """Whether a failure is shown."""
        return self._error is not None

    @property
    def title(self) -> str:
        """The failure in a few words; empty when none is shown."""
        return "" if self._error is None else visible(_title_and_hint(self._error)[0], limit=100)

    @property
    def waiting(self) -> bool:
        """Whether it will ask again by itself."""
        return self._ends is not None

    def show(self, error: Exception, *, way_out: str = "") -> None:
        """Show a failure; one with a time of retry starts to count down.

        Args:
            error: the failure.
            way_out: a key and what it does, where there is something else to do than to try again.
        """
        self.clear()
        self._error, self._way_out = error, way_out
        retry_at = error.retry_at if isinstance(error, RateLimited) else None
        if retry_at is not None and (left := retry_at - time.time()) < LONGEST_WAIT:
            self._ends = time.monotonic() + left
            self._timer = self.set_interval(1, self._tick)
        self.add_class("-open")
        self._draw()

    def clear(self) -> None:
        """Close the panel and stop waiting."""
        if self._timer is not None:
            self._timer.stop()
        self._error = self._ends = self._timer = None
        self.remove_class("-open")

    def _tick(self) -> None:
        if self._ends is None:
            return
        if time.monotonic() >= self._ends:
            self.clear()
            self.post_message(self.Due())
        else:
            self._draw()

    def _draw(self) -> None:
        if self._error is None:
            return
        title, hint = _title_and_hint(self._error)
        lines = [Content(visible(title, limit=100)).stylize("bold"), Content(visible(self._error, limit=500))]
        if hint:
            lines.append(Content(visible(hint, limit=300)))
        lines.append(Content(self._what_next()))
        self.update(Content("\n").join(lines))

    def _what_next(self) -> str:
        out = f" · {self._way_out}" if self._way_out else ""
        if self._ends is None:
            return f"r try again{out} · esc close"
        left = max(0, math.ceil(self._ends - time.monotonic()))
        minutes, seconds = divmod(left, 60)
        wait = f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
        return f"asking again in {wait}{out} · esc stop waiting"


def _title_and_hint(error: Exception) -> tuple[str, str]:
    if isinstance(error, VoucherifyError):
        return error.title, error.hint
    hint = error.hint if isinstance(error, OrdexError) else "Check the profile and the network."
    return "The session could not be opened", hint
