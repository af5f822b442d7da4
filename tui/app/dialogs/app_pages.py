"""Pages that can be opened from anywhere: help and reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.app import App

from tui.app.feedback.notifications import CopyText, notify

if TYPE_CHECKING:
    from .report_screen import LoadReport


class AppPages:
    """Opens each page over the current screen, unless a page of its kind is open.

    Args:
        app: the app to show them in.
        reports: loads the report of an action, by its id.
        copy_text: copies a report to the clipboard.
    """

    def __init__(self, app: App[Any], reports: Mapping[str, LoadReport], copy_text: CopyText | None) -> None:
        self._app = app
        self._reports = reports
        self._copy_text = copy_text

    def help(self) -> None:
        """Show all keys."""
        from .help_pages import KeyHelp

        if not isinstance(self._app.screen, KeyHelp):
            self._app.push_screen(KeyHelp(self._app.focused))

    def filter_help(self) -> None:
        """Show the filter language."""
        from .help_pages import FilterHelp

        if not isinstance(self._app.screen, FilterHelp):
            self._app.push_screen(FilterHelp())

    def doctor(self) -> None:
        """Show what the doctor found."""
        self._show_report("doctor")

    def config(self) -> None:
        """Show the settings."""
        self._show_report("config")

    def profiles(self) -> None:
        """Show the profiles."""
        self._show_report("profiles")

    def _show_report(self, name: str) -> None:
        from tui.actions.catalogue import CATALOGUE

        from .report_screen import ReportScreen

        title = CATALOGUE[name].title
        if name not in self._reports:
            notify(self._app.screen_stack[0], f"Ask on the command line: ordex {name}.", title=title)
        elif not isinstance(self._app.screen, ReportScreen):
            self._app.push_screen(ReportScreen(title, self._reports[name], copy_text=self._copy_text))
