"""Dialogs and pages over the explorer: each is dismissed once, and closes no other screen."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

R = TypeVar("R")


class DismissOnce(Screen[R]):
    """A screen that is dismissed once: Textual's ``dismiss`` closes the screen on top, whichever it is.

    A key that comes twice before the screen is gone would close the one below, whose result somebody waits
    for; and work that ends while a dialog is open over the screen would close that dialog.
    """

    _left_with: tuple[R | None] | None = None

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave with a result: at once when on top, as soon as that is so when covered, else not again."""
        stack = self.app.screen_stack
        if stack and stack[-1] is self:
            if self._left_with is not None:
                (result,) = self._left_with
            return super().dismiss(result)
        if self in stack and self._left_with is None:
            self._left_with = (result,)
        done: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual says no type
        return done

    def on_screen_resume(self) -> None:
        """What covered it is gone."""
        if self._left_with is not None:
            self.dismiss()


class Modal(ModalScreen[R], DismissOnce[R]):
    """A dialog or page over what is below, which shows through and hears no keys.

    Textual takes styles from the first base only.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow-dialog"), (60, "-wide-dialog")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-short-dialog"), (18, "-tall-dialog")]  # noqa: RUF012 (Textual's)
