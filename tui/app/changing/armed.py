"""Dialogs that send something: what was typed before they could be seen is not for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.widget import Widget

from tui.app.modal import Modal

TYPE_AHEAD = 0.15
"""Seconds after a dialog opened in which no key is heard."""

R = TypeVar("R")

Clock = Callable[[], float]
"""Seconds that only grow."""


class ArmedScreen(Modal[R]):
    """A dialog that hears keys a moment after it opened, when it also takes the focus.

    Args:
        clock: the clock, for tests.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._opened_at: float | None = None

    @property
    def armed(self) -> bool:
        """Whether keys are heard."""
        return self._opened_at is not None and self._clock() - self._opened_at >= TYPE_AHEAD

    def on_screen_resume(self) -> None:
        """Begin to wait, and anew where something covered it: what was pressed meanwhile was for that."""
        self._opened_at = self._clock()
        self.set_timer(TYPE_AHEAD, self._arm)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key does anything before the moment has passed."""
        del action, parameters
        return self.armed

    def first_focus(self) -> Widget | None:
        """What takes the focus when keys are heard."""
        return None

    def _arm(self) -> None:
        if not self.armed:
            self.set_timer(TYPE_AHEAD, self._arm)
        elif (wanted := self.first_focus()) is not None and self.focused is None:
            wanted.focus()
