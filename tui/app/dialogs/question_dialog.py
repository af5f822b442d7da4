"""The base of the dialogs that ask one question."""

from __future__ import annotations

import time
from typing import ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.app.dialogs.consent_bar import ConsentBar
from tui.app.modal import HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS, Dismissal
from tui.app.type_ahead_guard import Clock, TypeAheadGuard

R = TypeVar("R")


class QuestionDialog(ModalScreen[R]):
    """Closes with an answer. Keys and clicks that come before the question could be read are ignored.

    A dialog with a ``ConsentBar`` gives the results of yes and no by ``result_of``, and binds keys to
    ``agree`` and ``decline``. The others define ``first_focus`` and decline with ``None``.

    Args:
        clock: the clock, for tests; ``None`` accepts keys at once, for answers that send nothing.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""
    HORIZONTAL_BREAKPOINTS = HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS

    def __init__(self, *, clock: Clock | None = time.monotonic) -> None:
        super().__init__()
        self._dismissal = Dismissal(self, super().dismiss)
        self._guard = None if clock is None else TypeAheadGuard(self, self.first_focus, clock=clock)

    @property
    def accepts_keys(self) -> bool:
        """Whether a key is an answer."""
        return self._guard is None or self._guard.accepts_keys

    def first_focus(self) -> Widget | None:
        """What takes the focus when keys are accepted."""
        bars = self.query(ConsentBar)
        return bars.first().first_focus if bars else None

    def result_of(self, agreed: bool) -> R | None:
        """The result of yes or no."""
        del agreed
        return None

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave with a result, once."""
        return self._dismissal.dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key and no click does anything too early."""
        del action, parameters
        return self.accepts_keys

    def on_screen_resume(self) -> None:
        """The dialog is on top."""
        self._dismissal.resume()
        if self._guard is not None:
            self._guard.restart()
        elif self.focused is None:
            self.set_focus(self.first_focus())

    def on_key(self, event: events.Key) -> None:
        """Drop keys that come too early."""
        if self._guard is not None:
            self._guard.key_pressed(event)

    def on_consent_bar_answered(self, event: ConsentBar.Answered) -> None:
        """Close with the answer."""
        event.stop()
        self.dismiss(self.result_of(event.agreed))

    def action_agree(self) -> None:
        """Agree, or focus the input if a text has to be typed."""
        bars = self.query(ConsentBar)
        if not bars:
            return
        if bars.first().wants_typing:
            bars.first().first_focus.focus()
        else:
            self.dismiss(self.result_of(True))

    def action_decline(self) -> None:
        """Close with no."""
        self.dismiss(self.result_of(False))
