"""Keeping how orders are looked at, a moment after it changed and never on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.timer import Timer

from .notes import tell

if TYPE_CHECKING:
    from tui.settings.views import View

A_MOMENT = 1.0
"""Seconds in which further changes are kept together with the first."""


@dataclass(frozen=True, slots=True)
class LastVisit:
    """How the account was looked at last, and how to keep the next view of it.

    ``keep`` writes to the disk, so it is called in a thread; it may raise ``OSError``. ``remark`` is what is
    to be said of a view that could not be used.
    """

    view: View
    keep: Callable[[View], None]
    remark: str = ""


class ViewKeeper:
    """Writes the newest view, and only one that differs from what was kept."""

    def __init__(self, screen: Screen[Any], last: LastVisit) -> None:
        self._screen = screen
        self._keep = last.keep
        self._view = last.view
        self._changed = False
        self._due: Timer | None = None
        self._complained = False

    def note(self, view: View) -> None:
        """This is the view now."""
        if view == self._view:
            return
        self._view, self._changed = view, True
        if self._due is None:
            self._due = self._screen.set_timer(A_MOMENT, self._write)

    async def settle(self) -> None:
        """Keep at once what is not kept yet."""
        if not self._changed:
            return
        self._changed = False
        try:
            await asyncio.to_thread(self._keep, self._view)
        except OSError as error:
            if not self._complained:
                self._complained = True
                tell(self._screen, f"It is not kept: {error.strerror}", title="View", severity="warning")

    def _write(self) -> None:
        self._due = None
        self._screen.run_worker(self.settle(), group="view")
