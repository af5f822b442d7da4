"""The reports of the command palette: loaded in a thread, then laid out for any width."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.printing.report_page import Line
    from tui.app.dialogs.report_screen import ReportLines
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.setting_errors import SettingsError


def doctor_report(profile: Profile, folders: Folders) -> ReportLines:
    """The doctor's report."""
    from tui.actions.doctor.report import examine
    from tui.actions.printing.report_page import report_lines

    sections = examine(folders, lambda: profile)
    return lambda width: report_lines(sections, width=width)


def settings_report(folders: Folders) -> ReportLines:
    """The settings with their sources, or the problems of the file."""
    from tui.actions.config_service import FIELDS, all_settings, setting_row
    from tui.settings.setting_errors import SettingsError

    try:
        found = [setting_row(each) for each in all_settings(folders, {})]
    except SettingsError as error:
        return _faults(error)
    where = f"{folders.config_file}: ordex config set KEY VALUE changes one line of it"
    return lambda width: _table(found, FIELDS, where, width)


def profiles_report(folders: Folders, used: str) -> ReportLines:
    """The accounts that can be used; where the settings are faulty, what is wrong with them."""
    from tui.actions.profiles.list import FIELDS, profile_rows
    from tui.settings.config.config_file import read_config
    from tui.settings.setting_errors import SettingsError

    try:
        found = profile_rows(read_config(folders.config_file), os.environ, used)
    except SettingsError as error:
        return _faults(error)
    where = "ordex profiles add makes one; ordex --profile NAME opens it"
    return lambda width: _table(found, FIELDS, where, width)


def _faults(error: SettingsError) -> ReportLines:
    faults = str(error).splitlines()
    return lambda _: ([(visible(fault), "fail")] for fault in faults)


def _table(
    rows: Sequence[dict[str, Any]], fields: tuple[str, ...], where: str, width: int | None
) -> Iterable[Line]:
    from tui.actions.printing.table import documents_table

    plain = documents_table(rows, fields, width=width, paint=lambda text, _: text)
    titles, *lines = [line.removesuffix("\n") for line in plain]
    return [[(titles, "title")], *([(line, "")] for line in lines), [], [(visible(where), "")]]
