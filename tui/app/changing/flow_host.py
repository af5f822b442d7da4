"""What flows use of the explorer: dialogs, notifications, the session and updated orders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import CopyText, DesktopSequence, copy_value, notify, notify_desktop

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.app.type_ahead_guard import Clock
    from tui.orders.order import Order

R = TypeVar("R")


class FlowHost:
    """Shows the dialogs of a flow, and posts the orders it read or changed."""

    class OrderReceived(Message):
        """An order was read or changed at the service."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    def __init__(
        self,
        screen: Screen[Any],
        *,
        clock: Clock,
        copy_text: CopyText | None,
        notify: DesktopSequence | None = None,
    ) -> None:
        self._screen = screen
        self.clock = clock
        self.copy_text = copy_text
        self._notify = notify
        self.session: Session | None = None
        self._opening: set[str] = set()

    @property
    def account(self) -> Session:
        """The open session.

        Raises:
            LookupError: none is open.
        """
        if self.session is None:
            raise LookupError("no session is open")
        return self.session

    def reads_only(self) -> str | None:
        """Why nothing can be changed now, and the remedy; ``None`` if changes are allowed."""
        from tui.app.accounts.unlocking import read_only_reason

        return read_only_reason(self._screen.app, self.account)

    async def may_write(self, why: str) -> bool:
        """Return whether changes are allowed, asking the user to unlock if they are not.

        ``why`` is a sentence about the pending change, shown in the dialog.
        """
        from tui.app.accounts.unlocking import ensure_unlocked

        return await ensure_unlocked(self._screen, self.account, why=why, clock=self.clock)

    async def show(self, dialog: Screen[R]) -> R:
        """Show a screen and wait for its result."""
        self._opening.clear()  # from here on keys go to the screen
        return await self._screen.app.push_screen_wait(dialog)

    def push(self, dialog: Screen[Any]) -> None:
        """Show a screen without waiting."""
        self._screen.app.push_screen(dialog)

    def activity(self, verb: str) -> AbstractContextManager[None]:
        """Show an activity and its duration while the block runs."""
        return activity(self._screen, verb)

    def say(self, message: str, *, title: str = "", severity: SeverityLevel = "information") -> None:
        """Show a notification."""
        notify(self._screen, message, title=title, severity=severity)

    def announce(self, message: str, *, title: str, severity: SeverityLevel = "information") -> None:
        """Show a notification, in the app and on the desktop."""
        self.say(message, title=title, severity=severity)
        self.start(notify_desktop(self._screen, self._notify, title, message))

    def copy(self, label: str, text: str) -> None:
        """Copy a text to the clipboard."""
        copy_value(self._screen, self.copy_text, label, text)

    def written(self, order: Order) -> None:
        """Post an order that was read or changed."""
        self._screen.post_message(self.OrderReceived(order))

    def start(self, work: Any) -> None:
        """Run a flow in a worker."""
        self._screen.run_worker(work, group="changing", exclusive=False)

    def start_once(self, name: str, flow: Callable[[], Awaitable[object]]) -> None:
        """Run a flow that shows a screen, unless it is already being opened (a key pressed twice)."""

        async def opened() -> None:
            try:
                await flow()
            finally:
                self._opening.discard(name)

        if name not in self._opening:
            self._opening.add(name)
            self.start(opened())
