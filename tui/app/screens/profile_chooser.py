"""Choosing another profile; the explorer ends with the choice and opens again on it.

Data of one account can never be shown under the header of another: they share no widget, no worker and
no request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.actions.account_status import AccountStatus
from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import notify
from tui.app.navigation import SwitchProfile
from tui.settings.setting_errors import SettingsError
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.app.startup.switchable_profiles import ProfileLine, SwitchableProfiles

NOTE = "The orders on the screen are closed first. ordex profiles add makes another one."


def profile_chooser(lines: Sequence[ProfileLine], current: str) -> Chooser:
    """The question which profile to go on with."""
    choices = [_choice(line, current) for line in lines]
    return Chooser("Profile", choices, at=current, note=NOTE)


def _choice(line: ProfileLine, current: str) -> Choice:
    here = " (here)" if line.name == current else ""
    remark = f"cannot be used: {line.fault}" if line.fault else line.about
    return Choice(line.name, visible(f"{line.name}{here}", limit=60), visible(remark, limit=300))


async def go_on_with_another(
    screen: Screen[Any],
    others: SwitchableProfiles,
    leave: Callable[[SwitchProfile], None],
    account: SessionInfo | None = None,
) -> None:
    """Ask for a profile, and exit with a request to open it. ``account`` is the current one."""
    try:
        rights = "" if account is None else AccountStatus.of(account).rights
        with activity(screen, "Reading the profiles"):
            lines = await asyncio.to_thread(others.lines, rights)
        name = await screen.app.push_screen_wait(profile_chooser(lines, others.current.name))
        if name is None or name == others.current.name:
            return
        with activity(screen, f"Checking {visible(name, limit=40)}"):
            profile = await asyncio.to_thread(others.profile, name)
    except SettingsError as error:
        notify(screen, str(error), title="Profile", severity="error")
        return
    leave(SwitchProfile(profile))
