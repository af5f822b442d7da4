"""One line about an account: kind, rights, name and address."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.visual import VisualType
from textual.widget import Widget

from tui.actions.account_status import ADDRESS_LIMIT, AccountStatus
from tui.actions.session import SessionInfo
from tui.terminal.visible import visible

A_TICK = 1.0
"""Seconds between two checks of a lock that closes by itself."""


class StandingLine(Widget):
    """Always current: while changes are allowed for some minutes, it counts down.

    It is about the account that the app is on, unless it is given another.

    The kind is a word and production has its marks, so that it needs no colour.
    """

    DEFAULT_CSS: ClassVar[str] = "StandingLine { height: 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"standing--sandbox", "standing--production", "standing--address"}

    opened: reactive[SessionInfo | None] = reactive[SessionInfo | None](None)
    """The session, or what it will be; ``None`` until it is known."""

    def __init__(self, opened: SessionInfo | None = None) -> None:
        super().__init__()
        self._ticking: Timer | None = None
        self._unheed: Callable[[], None] = _nothing
        self.set_reactive(StandingLine.opened, opened)

    @property
    def standing(self) -> AccountStatus | None:
        """The current state of the account."""
        return None if self.opened is None else AccountStatus.of(self.opened)

    def on_mount(self) -> None:
        """Start to follow the session."""
        if self.opened is None:
            self.opened = getattr(self.app, "account", None)
        self._heed()

    def on_unmount(self) -> None:
        """The widget was removed."""
        self._unheed()

    def watch_opened(self) -> None:
        """Another account, or the first."""
        if self.is_mounted:
            self._heed()

    def _heed(self) -> None:
        self._unheed()
        self._unheed = _nothing if self.opened is None else self.opened.write_lock.listen(self.look)
        self.look()

    def look(self) -> None:
        """Update the state; the lock calls it when a user opens or closes it."""
        standing = self.standing
        self.set_class(standing is not None and standing.production, "-production")
        if standing is not None and standing.seconds_left is not None:
            if self._ticking is None:
                self._ticking = self.set_interval(A_TICK, self.look)
        elif self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        self.refresh()

    def render(self) -> VisualType:
        """The line."""
        return self.account_text()

    def account_text(self) -> Content:
        """Kind, rights, name and address of the account; empty before one is known."""
        standing = self.standing
        if standing is None:
            return Content("")
        return Content.assemble(
            self.badge(standing),
            f"  {visible(standing.name, limit=80)}  ",
            (visible(standing.address, limit=ADDRESS_LIMIT), self.get_visual_style("standing--address")),
        )

    def badge(self, standing: AccountStatus) -> Content:
        """The kind and the rights; production stands between marks."""
        words = f"! {standing.badge} !" if standing.production else standing.badge
        return Content.assemble((words, self.get_visual_style(f"standing--{standing.kind}")))


def _nothing() -> None:
    """There is no lock to listen to."""
