"""The explorer as a flow sees it: screens that end, notes, and orders that come back."""

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


class Stage:
    """Flows show screens one after another and wait for each; whatever they find out, they post."""

    class OrderWritten(Message):
        """An order came back from the service, after a change or before one."""

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
        """The session that flows work on.

        Raises:
            LookupError: none is open.
        """
        if self.session is None:
            raise LookupError("no session is open")
        return self.session

    def reads_only(self) -> str | None:
        """Why nothing can be changed now and what to do about it; ``None`` when changes may leave."""
        from tui.app.accounts.unlocking import reads_only

        return reads_only(self._screen.app, self.account)

    async def may_write(self, why: str) -> bool:
        """Whether changes may leave; where they may not, the person is asked to allow them.

        ``why`` is what waits for the answer, a sentence.
        """
        from tui.app.accounts.unlocking import unlocked

        return await unlocked(self._screen, self.account, why=why, clock=self.clock)

    async def show(self, dialog: Screen[R]) -> R:
        """Show a screen and wait for its end."""
        self._opening.clear()  # from here on the screen hears what is pressed
        return await self._screen.app.push_screen_wait(dialog)

    def push(self, dialog: Screen[Any]) -> None:
        """Show a screen and go on."""
        self._screen.app.push_screen(dialog)

    def activity(self, verb: str) -> AbstractContextManager[None]:
        """Show what is under way, and for how long, while the block lasts."""
        return activity(self._screen, verb)

    def say(self, message: str, *, title: str = "", severity: SeverityLevel = "information") -> None:
        """Leave a note."""
        notify(self._screen, message, title=title, severity=severity)

    def announce(self, message: str, *, title: str, severity: SeverityLevel = "information") -> None:
        """Leave a note, and tell the desktop too, where the user may be meanwhile."""
        self.say(message, title=title, severity=severity)
        self.start(notify_desktop(self._screen, self._notify, title, message))

    def copy(self, label: str, text: str) -> None:
        """Put a text on the clipboard."""
        copy_value(self._screen, self.copy_text, label, text)

    def written(self, order: Order) -> None:
        """Post an order that came back."""
        self._screen.post_message(self.OrderWritten(order))

    def start(self, work: Any) -> None:
        """Run a flow."""
        self._screen.run_worker(work, group="changing", exclusive=False)

    def start_once(self, name: str, flow: Callable[[], Awaitable[object]]) -> None:
        """Run a flow that shows a screen; a key that comes again before that is there starts no other."""

        async def opened() -> None:
            try:
                await flow()
            finally:
                self._opening.discard(name)

        if name not in self._opening:
            self._opening.add(name)
            self.start(opened())
