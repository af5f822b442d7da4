"""Start the explorer: build it from the profile and the settings, and run it."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from tui.actions.catalogue.keymap import keymap_of
from tui.actions.retention import apply_limits_later
from tui.actions.session import SessionInfo
from tui.app.app import OrdexApp
from tui.app.changing.change_services import ChangeServices
from tui.app.feedback.notifications import notify
from tui.app.navigation import StartPlace, SwitchProfile, SwitchToRepl
from tui.app.screens.explorer_settings import ExplorerSettings
from tui.app.screens.view_state_controller import LastVisit
from tui.app.startup.app_settings import AppSettings
from tui.app.startup.garbage_collection import tuned_collection
from tui.app.startup.reports import doctor_report, profiles_report, settings_report
from tui.app.startup.switchable_profiles import SwitchableProfiles
from tui.app.terminal_io.exit_signals import exit_on_signals
from tui.app.textual_themes import DEFAULT_THEME
from tui.orders.orders_snapshot import PAGE_SIZE
from tui.settings.config.config_file import read_config
from tui.settings.profile import VARIABLES
from tui.settings.themes import load_first_theme, load_themes, theme_warnings
from tui.settings.views import View, ViewUnusable, read_view, view_file, write_view
from tui.terminal import first_frame
from tui.terminal.log_capture import install
from tui.wiring import glimpse, lock_of, masks_of, open_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.actions.session import Session
    from tui.orders.privacy import Masks
    from tui.settings.config.config_file import Config
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.terminal.clipboard import CopyOutcome
    from tui.voucherify.write_lock import WriteLock


def open_explorer(
    profile: Profile,
    folders: Folders,
    *,
    place: StartPlace,
    theme: str | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
) -> int | SwitchToRepl | SwitchProfile:
    """Run the explorer until the user leaves; return the exit code, or the request to continue elsewhere.

    Args:
        profile: the account.
        folders: the folders of Ordex.
        place: where to open.
        theme: the theme's name, before the one of the settings; the default if none has this name.
        masks: the session's; the profile's when not given.
        write_lock: the lock of the profile's session in the REPL; the profile's own when not given.

    Raises:
        SettingsError: the user's settings cannot be used.
    """
    install()
    app = explorer_app(profile, folders, place=place, theme=theme, masks=masks, write_lock=write_lock)
    with exit_on_signals(app), tuned_collection() as on_orders_loaded:
        app.report_loads_to(on_orders_loaded)
        first_frame.see_to_interrupts()
        wish = app.run()
    return wish or app.return_code or 0


def explorer_app(
    profile: Profile,
    folders: Folders,
    *,
    place: StartPlace,
    theme: str | None = None,
    masks: Masks | None = None,
    write_lock: WriteLock | None = None,
) -> OrdexApp:
    """The application, ready to run.

    Raises:
        SettingsError: the user's settings cannot be used.
    """
    opened: list[Session] = []
    masks = masks or masks_of(profile)
    lock = write_lock or lock_of(profile)

    def open_it() -> Session:
        return open_session(profile, folders, on_wait=app.tell_wait, masks=masks, write_lock=lock)

    async def connect() -> Session:
        opened[:] = [await asyncio.to_thread(open_it)]
        apply_limits_later(folders)
        if opened[0].remark:
            notify(app.screen, opened[0].remark, severity="warning")
        return opened[0]

    last = _last_visit(profile, folders)
    elsewhere = place != StartPlace() or last.view.where or last.view.server_order != View().server_order
    config = read_config(folders.config_file)
    theme = theme or config.theme
    explorer = ExplorerSettings(
        expected=SessionInfo(profile, lock),
        place=place,
        preview=() if elsewhere else glimpse(profile, folders, limit=PAGE_SIZE),
        last_visit=last,
        copy_text=partial(_copy_text, folder=folders.state),
        desktop_sequence=None if config.notify is False else _notification,
        open_changes=lambda: changes_of(opened[0]),
        open_account=lambda: account_of(opened[0]),
        profiles=SwitchableProfiles(
            profile, os.environ, folders.config_file, there_are=_there_are_others(profile, config)
        ),
    )
    settings = AppSettings(
        explorer=explorer,
        themes=load_first_theme(theme or DEFAULT_THEME, folders.themes),
        all_themes=lambda: load_themes(folders.themes).themes,
        theme=theme or DEFAULT_THEME,
        theme_warnings=lambda: theme_warnings(theme, load_themes(folders.themes)),
        keymap=keymap_of(config),
        reports={
            "doctor": partial(doctor_report, profile, folders),
            "config": partial(settings_report, folders),
            "profiles": partial(profiles_report, folders, profile.name),
        },
        masks=masks,
    )
    app = OrdexApp(connect, settings)
    return app


def _there_are_others(profile: Profile, config: Config) -> bool:
    """The embedded sandbox is always there, the environment where any of it is set."""
    environment = any(os.environ.get(variable) for variable in VARIABLES)
    return profile.name != "sandbox" or environment or bool(config.profiles)


def _last_visit(profile: Profile, folders: Folders) -> LastVisit:
    path = view_file(folders, profile.account)
    keep = partial(write_view, path)
    try:
        return LastVisit(read_view(path), keep)
    except ViewUnusable as error:
        return LastVisit(View(), keep, str(error))


def changes_of(session: Session) -> ChangeServices:
    """The journal and the drafts of a session; in a thread, since it reads files."""
    from tui.jobs.changes.drafts import Drafts

    drafts = Drafts(session.folders.state)
    return ChangeServices(session.mutations, session.journal, drafts, session.account, session.base_url)


def account_of(session: Session) -> Session:
    """The session as jobs see it; in a thread, since it brings in what imports and exports."""
    _ = session.importer, session.exporter
    return session


def _notification(title: str, text: str) -> str:
    from tui.terminal.desktop_notification import (
        notification_route,
        notification_sequence,
        tmux_passes_through,
    )

    way = notification_route(os.environ)
    if way is None or (way.tmux and not tmux_passes_through(os.environ)):
        return ""
    return notification_sequence(way, title, text)


def _copy_text(text: str, write: Callable[[str], object], *, folder: Path) -> CopyOutcome:
    from tui.terminal.clipboard import copy, plan_here

    return copy(text, ways=plan_here(), write=write, folder=folder)
