"""The account of the explorer: its requests, its write lock, and switching to another account or the REPL."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import as_bound
from tui.app.changing.flow_host import FlowHost
from tui.app.feedback.notifications import CopyText, notify

from .exit_guard import ExitGuard

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.app.navigation import SwitchToRepl
    from tui.app.startup.switchable_profiles import SwitchableProfiles


class AccountController:
    """Unlocks and locks the account, shows its requests, and leaves it.

    Args:
        screen: where dialogs are shown.
        stage: has the session, once it is open.
        exit_guard: closes the explorer.
        profiles: the accounts to switch to.
        expected: the account before its session is open.
        copy_text: the way to the clipboard.
        repl_request: gives the orders to take to the REPL, and the way back.
    """

    def __init__(
        self,
        screen: Screen[Any],
        stage: FlowHost,
        exit_guard: ExitGuard,
        *,
        profiles: SwitchableProfiles | None,
        expected: SessionInfo | None,
        copy_text: CopyText | None,
        repl_request: Callable[[], SwitchToRepl],
    ) -> None:
        self._screen = screen
        self._stage = stage
        self._exit_guard = exit_guard
        self.profiles = profiles
        self._expected = expected
        self._copy_text = copy_text
        self._repl_request = repl_request

    @property
    def current(self) -> SessionInfo | None:
        """The session, or the account before its session is open."""
        return self._stage.session or self._expected

    @property
    def switch_hint(self) -> str:
        """The key that switches to another account, as a hint for an account that cannot be read."""
        if self.profiles is None or not self.profiles.there_are:
            return ""
        key = as_bound(self._screen.app, [CATALOGUE["profile"]])[0].key
        return f"{key} another profile" if key else ""

    def toggle_lock(self) -> None:
        """Allow changes for some minutes, or lock the account again."""
        session = self._stage.account
        if session.read_only:
            self._stage.start_once("unlock", lambda: self._stage.may_write(""))
        else:
            session.write_lock.close()

    def show_requests(self) -> None:
        """Show every API call of the session."""
        from tui.app.inspector.inspector_screen import InspectorScreen

        session = self._stage.session
        if session is not None:
            self._screen.app.push_screen(
                InspectorScreen(session.client, base_url=session.base_url, copy_text=self._copy_text)
            )

    def switch_profile(self) -> None:
        """Close this view and open another account."""
        if self.profiles is None:
            notify(self._screen, "This explorer was opened on one account only.", severity="warning")
            return
        from .profile_chooser import go_on_with_another

        leave = partial(self._exit_guard.exit, question="Switch to the other profile?")
        choose = partial(go_on_with_another, self._screen, self.profiles, leave, self.current)
        self._stage.start_once("profile", choose)

    def switch_to_repl(self) -> None:
        """Close this view and open the REPL; its ``exit`` leads back."""
        self._exit_guard.exit(self._repl_request(), "Switch to the REPL?")
