"""Updates the widgets of a form shortly after the last change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from .form_editor import FormEditor

DELAY = 0.06
"""Seconds after a key until dependent widgets are updated."""


class DebouncedUpdate:
    """Listens to a form, and updates the widgets of a screen by their ``load`` and ``settle``.

    Args:
        screen: the screen with the widgets.
        editing: the form.
        settle: called when an update is due; it calls ``show``.
    """

    def __init__(self, screen: Screen[Any], editing: FormEditor, settle: Callable[[], None]) -> None:
        self._screen = screen
        self._editing = editing
        self._settle = settle
        self._is_stale = False
        self._timer: Timer | None = None
        self.is_reload = False
        """Whether the next update reads the values of all fields again, as after an undo."""

    def start(self) -> None:
        """Listen to changes."""
        self._editing.listeners.append(self._changed)

    def stop(self) -> None:
        """Listen no more."""
        if self._changed in self._editing.listeners:
            self._editing.listeners.remove(self._changed)

    def resume(self) -> None:
        """Show changes made in a dialog above the screen."""
        if self._is_stale:
            self.is_reload = True
            self._settle()

    def show(self) -> None:
        """Update the widgets; those of a covered screen are updated when it is on top again."""
        if not self._screen.is_mounted or not self._screen.is_current:
            return
        reload, self.is_reload = self.is_reload, False
        self._is_stale = False
        for widget in self._screen.query(Widget):
            show: Any = getattr(widget, "load" if reload else "settle", None)
            if show is not None and callable(getattr(widget, "settle", None)):
                show()

    def _changed(self, reload: bool) -> None:
        self.is_reload = self.is_reload or reload
        self._is_stale = True
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        if reload:
            self._settle()
        else:
            self._timer = self._screen.set_timer(DELAY, self._settle)
