"""A page that loads a report when opened, such as the doctor's or the settings. It can be copied."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import CopyText, copy_value
from tui.app.modal import Modal
from tui.app.workers import start_worker
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.printing.report_page import Line

ReportLines = Callable[[int | None], Iterable["Line"]]
"""Returns the lines for a width in cells; ``None`` for no wrapping."""

LoadReport = Callable[[], ReportLines]
"""Loads the report. It reads files and may run programs, so it runs in a thread."""

BORDERS = 8
"""Cells of the box without text: borders, padding and the scroll bar."""

_STYLES = {"title": "bold underline", "ok": "$success", "warn": "bold $warning", "fail": "bold $error"}


class ReportScreen(Modal[None]):
    """Loads a report and shows it.

    Args:
        title: of the page.
        look: loads the report.
        copy_text: copies to the clipboard.
    """

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
        Binding("y", "copy", "Copy"),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
    ]

    def __init__(self, title: str, look: LoadReport, *, copy_text: CopyText | None = None) -> None:
        super().__init__()
        self._title = title
        self._look = look
        self._copy_text = copy_text
        self._lines: ReportLines | None = None

    def compose(self) -> ComposeResult:
        """The text in a scrolling box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content(visible(self._title, limit=80))
            box.border_subtitle = Content("y copy · esc close")
            yield Static(Content("Loading…"))

    def on_mount(self) -> None:
        """Load the report."""
        start_worker(self, self._show, exclusive=True)

    async def _show(self) -> None:
        with activity(self, f"Reading {self._title.lower()}"):
            self._lines = await asyncio.to_thread(self._look)
        lines = (
            Content.assemble(*((visible(text), _STYLES.get(style, "")) for text, style in line))
            for line in self._lines(self.app.size.width - BORDERS)
        )
        self.query_one(Static).update(Content("\n").join(lines))

    def action_copy(self) -> None:
        """Copy the report as plain text."""
        if self._lines is not None:
            lines = ("".join(text for text, _ in line) for line in self._lines(None))
            copy_value(self, self._copy_text, self._title, "".join(f"{line}\n" for line in lines))

    def action_scroll(self, where: str) -> None:
        """Scroll by a line."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)
