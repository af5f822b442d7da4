"""Dialogs whose answer sends something: keys typed before the question could be read do not answer it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events
from textual.widget import Widget

from tui.app.modal import Modal
from tui.terminal.line_input import QUIET

_POLL = 0.05

R = TypeVar("R")

Clock = Callable[[], float]
"""Seconds that only grow."""


class TypeAheadGuard(Modal[R]):
    """A dialog that ignores keys and clicks until it was visible, and no key was pressed, for ``QUIET``.

    Nothing has the focus until then. Where something covered the dialog, the wait begins again: what was
    pressed meanwhile was meant for what covered it.

    Args:
        clock: the clock, for tests.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._quiet_since: float | None = None
        self._accepts_keys = False

    @property
    def accepts_keys(self) -> bool:
        """Whether a key is an answer."""
        return self._accepts_keys

    def on_screen_resume(self) -> None:
        """Wait until the dialog is painted, then for the quiet time."""
        super().on_screen_resume()
        self._quiet_since = None
        self._set_accepting(False)
        self.set_focus(None)
        self.call_after_refresh(self._begin_waiting)

    def on_key(self, event: events.Key) -> None:
        """A key that comes too early belongs to what was there before; the wait begins again."""
        if not self._accepts_keys:
            event.stop()
            if self._quiet_since is not None:
                self._quiet_since = self._clock()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key and no click does anything before that."""
        del action, parameters
        return self._accepts_keys

    def first_focus(self) -> Widget | None:
        """What takes the focus when keys are accepted."""
        return None

    def _begin_waiting(self) -> None:
        if self._quiet_since is None and self.is_current:
            self._quiet_since = self._clock()
            self.set_timer(QUIET, self._accept_when_quiet)

    def _accept_when_quiet(self) -> None:
        if self._quiet_since is None or self._accepts_keys or not self.is_current:
            return
        if self._clock() - self._quiet_since < QUIET:
            self.set_timer(_POLL, self._accept_when_quiet)
            return
        self._set_accepting(True)
        if (wanted := self.first_focus()) is not None and self.focused is None:
            wanted.focus()

    def _set_accepting(self, accepts: bool) -> None:
        self._accepts_keys = accepts
        self.set_class(not accepts, "-waiting")
