"""The explorer as a Textual application."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from inspect import isawaitable
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segments
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Scope
from tui.app.dialogs.app_pages import AppPages
from tui.app.feedback.message_line import Messages
from tui.app.feedback.notifications import notify
from tui.app.startup.app_settings import AppSettings
from tui.app.startup.garbage_collection import clear_style_cache
from tui.app.terminal_io.exit_signals import ORPHANED_EXIT_CODE
from tui.app.terminal_io.handover import restored_terminal
from tui.app.terminal_io.output_filter import OutputFilter, crash_report, plain_text
from tui.terminal import first_frame
from tui.terminal.process_signals import has_job_control, is_orphan, stop_process_group

from .bindings import as_textual, bindings
from .masking import repaint
from .navigation import SwitchProfile, SwitchToRepl
from .screens.explorer import ExplorerScreen
from .screens.theme_controller import ThemeController
from .session import OpenSession
from .stale_widgets import is_stale_widget_error
from .textual_themes import variable_defaults

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import SystemCommand
    from textual.await_complete import AwaitComplete
    from textual.driver import Driver

    from tui.actions.session import SessionInfo
    from tui.voucherify.rate_limit import Wait

STYLES = Path(__file__).parent / "styles"

FIRST = ("explorer.tcss", "table.tcss")
"""Style sheets of the first frame."""

LATER = ("bars.tcss", "detail.tcss")
"""Style sheets of everything after the first frame. Those of dialogs are named by the dialogs."""

CLOSE_LIMIT = 5.0
"""Seconds to wait for widgets when the app exits; usually they take a few milliseconds."""

SESSION_CLOSE_LIMIT = 30.0
"""Seconds to wait for the session when the app exits: longer than it waits for a change being sent."""


def _palette() -> type[Provider]:
    from .palette import ActionsProvider

    return ActionsProvider


class OrdexApp(App[SwitchToRepl | SwitchProfile]):
    """Browses the orders of one session, which ``open_session`` opens after the first paint.

    ``action_perform`` runs the actions that work everywhere: their ``target`` is a method of this class or of
    one of its parts.
    """

    TITLE = "Ordex"
    CSS_PATH = [STYLES / name for name in FIRST]  # noqa: RUF012 (Textual declares it so)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.EVERYWHERE)
    COMMANDS = {_palette}  # noqa: RUF012 (Textual declares it so)

    def __init__(self, open_session: OpenSession, settings: AppSettings | None = None) -> None:
        settings = settings or AppSettings()
        self.output_filter = OutputFilter()
        self.masks = settings.masks
        self.mask_filter: LineFilter | None = None
        self.own_keys = settings.keymap
        super().__init__()
        self.messages = Messages(self)
        self.set_keymap(as_textual(settings.keymap))
        self.masks.learn(list(settings.explorer.preview))
        self._explorer = ExplorerScreen(
            open_session, settings.explorer, sheets=[STYLES / name for name in LATER]
        )
        self.pages = AppPages(self, settings.reports, settings.explorer.copy_text)
        self.themes = ThemeController(
            self, settings.themes, all_themes=settings.all_themes, warnings=settings.theme_warnings
        )
        self.themes.start(settings.theme)

    def report_loads_to(self, listener: Callable[[int], object]) -> None:
        """Call a function with the number of loaded orders after each page."""
        self._explorer.on_orders_loaded = listener

    @property
    def account(self) -> SessionInfo | None:
        """The current account, for the top line of each screen."""
        return self._explorer.account.current

    def on_ready(self) -> None:
        """After the first frame, look for faults of themes."""
        self.themes.check(self._explorer)

    def get_default_screen(self) -> Screen[Any]:
        """The explorer is the one screen beneath everything."""
        return self._explorer

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Stand-ins for our colour variables under a theme that lacks them."""
        return variable_defaults(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The output filter comes before those of Textual."""
        filters = [self.output_filter, *super().get_line_filters()]
        if self.masks.on:
            if self.mask_filter is None:
                from tui.app.terminal_io.mask_filter import MaskFilter

                self.mask_filter = MaskFilter(self.masks)
            filters.insert(1, self.mask_filter)
        return filters

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's own: the palette holds our actions."""
        del screen
        return ()

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, changed so that it reads no keys in pasted text."""
        from tui.app.terminal_io.paste_parser import with_paste_parser

        return with_paste_parser(super().get_driver_class())

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message at the bottom of the screen until the next key."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
        self.messages.add(message, title=title, severity=severity)

    def _refresh_notifications(self) -> None:
        """Textual calls this when another screen comes to the front; messages go with it."""
        self.messages.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Clear the messages at a key; keep keys from a screen whose widgets are not mounted yet.

        Its actions need those widgets. The explorer gets the key once it is mounted, so that a ``q``
        typed while it starts quits; other screens do not, since no key typed before them is an answer.
        """
        if isinstance(event, events.Key):
            self.messages.key_pressed()
            stack = self.screen_stack
            if stack and not stack[-1].is_mounted:
                event.stop()
                if len(stack) == 1:
                    again = event.__class__(event.key, event.character)
                    self.set_timer(0.02, partial(self.post_message, again))
                return
        await super().on_event(event)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top."""
        popped = super().pop_screen()
        clear_style_cache()
        return popped

    def suspend_to_shell(self) -> None:
        """Stop until the shell continues the process group, as ``fg`` does."""
        if not has_job_control():
            message = "Ordex was not started from a shell that could continue it."
            notify(self._explorer, message, title="Not suspended", severity="warning")
            return
        with self.suspend():
            stop_process_group()

    def action_command_palette(self) -> None:
        """Search every action."""
        from .palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def toggle_masks(self) -> None:
        """Turn masks on or off, everywhere at once."""
        if not self.masks.on:
            self.masks.put_on()
        elif not self.masks.take_off():
            notify(self._explorer, "This profile is always masked; M reveals one field.", severity="warning")
            return
        self.mask_filter = None
        self._explorer.masks_changed()
        for screen in self.screen_stack:
            repaint(screen)

    def tell_wait(self, wait: Wait) -> None:
        """Show that a request waits, and how long yet; may be called from any thread."""
        self._explorer.paging.show_wait(wait)

    async def action_perform(self, action_id: str) -> None:
        """Run an action that works everywhere."""
        result = attrgetter(CATALOGUE[action_id].target)(self)()
        if isawaitable(result):
            await result

    async def action_quit(self) -> None:
        """Exit; ask about running jobs, and wait for a change that is being sent."""
        self._explorer.exit_guard.exit(None, "Leave Ordex?")

    def on_load(self) -> None:
        """From here on the app draws the screen, over the first frame."""
        first_frame.hand_over()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal to another program until the block ends, with or without an error.

        Textual resumes only if the block ends without an error, which would leave a dead terminal.
        """
        raised: BaseException | None = None
        with super().suspend(), restored_terminal():
            try:
                yield
            except BaseException as error:  # noqa: BLE001 - it is raised again, once the terminal is ours
                raised = error
        if raised is not None:
            raise raised

    async def _close_all(self) -> None:
        """Close all screens, but wait no longer than ``CLOSE_LIMIT`` for them.

        Once the app exits, Textual starts no more widgets: a handler that is mounting one waits forever, and
        Textual waits for the handler, with the terminal restored and nothing to see.
        """
        closing = asyncio.create_task(super()._close_all())
        done, _ = await asyncio.wait({closing}, timeout=CLOSE_LIMIT)
        if done:
            closing.result()
        else:
            closing.cancel()

    async def on_unmount(self) -> None:
        """Close the session, within a limit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SESSION_CLOSE_LIMIT):
                await self._explorer.close_session()

    def _handle_exception(self, error: Exception) -> None:
        """Ignore missing widgets while a screen closes or the app ends."""
        if not is_stale_widget_error(error, self):
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Textual's own faults end the app too; an unreadable terminal of an orphan process is not one."""
        if is_orphan():
            self.exit(return_code=ORPHANED_EXIT_CODE)
        else:
            super().panic(*(plain_text(self.console, renderable) for renderable in renderables))

    def _fatal_error(self) -> None:
        """A bug in Ordex ends the app with a traceback without values."""
        self.bell()
        error = sys.exception() or self._exception
        if error is not None:
            self._exit_renderables.append(Segments(self.console.render(crash_report(error))))
        self._close_messages_no_wait()
