"""Dialogs and pages over the explorer: each is dismissed once, and closes no other screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

R = TypeVar("R")

HORIZONTAL_BREAKPOINTS = [(0, "-narrow-dialog"), (60, "-wide-dialog")]
VERTICAL_BREAKPOINTS = [(0, "-short-dialog"), (18, "-tall-dialog")]


class Dismissal(Generic[R]):
    """Dismisses a screen once: Textual's ``dismiss`` closes the screen on top, which may be another one.

    A key that comes twice before the screen is gone would close the one below, whose result somebody waits
    for; and work that ends while a dialog is open over the screen would close that dialog.

    Args:
        screen: the screen, which calls this from its own ``dismiss`` and ``on_screen_resume``.
        dismiss: Textual's ``dismiss`` of the screen.
    """

    def __init__(self, screen: Screen[R], dismiss: Callable[[R | None], AwaitComplete]) -> None:
        self._screen = screen
        self._dismiss = dismiss
        self._result: tuple[R | None] | None = None

    def dismiss(self, result: R | None) -> AwaitComplete:
        """Close with a result: at once if on top, or as soon as it is on top; only once."""
        stack = self._screen.app.screen_stack
        if stack and stack[-1] is self._screen:
            return self._dismiss(result if self._result is None else self._result[0])
        if self._screen in stack and self._result is None:
            self._result = (result,)
        done: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual says no type
        return done

    def resume(self) -> None:
        """The screen over this one was closed: close this one too, if that was requested in the meantime."""
        if self._result is not None:
            self.dismiss(None)


class Modal(ModalScreen[R]):
    """A dialog or page over what is below, which shows through and gets no keys."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS

    def __init__(self) -> None:
        super().__init__()
        self._dismissal = Dismissal(self, super().dismiss)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave with a result, once."""
        return self._dismissal.dismiss(result)

    def on_screen_resume(self) -> None:
        """The screen over it was closed."""
        self._dismissal.resume()
