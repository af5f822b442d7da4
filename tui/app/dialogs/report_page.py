"""A page with a report: what a look around found, ready to be copied into a bug report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions.printing.report import report_lines, report_text
from tui.app.notes import CopyText, copy_value

if TYPE_CHECKING:
    from tui.actions.doctor.finding import Section

LookAround = Callable[[], "Sequence[Section]"]
"""Looks around; it reads files and may ask programs, so it is called in a thread."""

BORDERS = 8
"""Cells of the box that are not the text's: borders, padding and the scroll bar."""

_STYLES = {"title": "bold underline", "ok": "$success", "warn": "bold $warning", "fail": "bold $error"}


class ReportPage(ModalScreen[None]):
    """Looks around while it opens, then shows what was found.

    Args:
        title: of the page.
        look: gives the sections.
        copy_text: the way to the clipboard.
    """

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
        Binding("y", "copy", "Copy"),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
    ]

    def __init__(self, title: str, look: LookAround, *, copy_text: CopyText | None = None) -> None:
        super().__init__()
        self._title = title
        self._look = look
        self._copy_text = copy_text
        self._sections: Sequence[Section] = ()

    def compose(self) -> ComposeResult:
        """One scrolling text in a box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("y copy · esc close")
            yield Static(Content("looking around…"))

    def on_mount(self) -> None:
        """Look around, with the page there already."""
        self.run_worker(self._show(), exclusive=True)

    async def _show(self) -> None:
        self._sections = await asyncio.to_thread(self._look)
        lines = report_lines(self._sections, width=self.app.size.width - BORDERS)
        painted = (
            Content.assemble(*((text, _STYLES.get(style, "")) for text, style in line)) for line in lines
        )
        self.query_one(Static).update(Content("\n").join(painted))

    def action_copy(self) -> None:
        """Copy the report as plain text."""
        if self._sections:
            text = report_text(self._sections, width=None, paint=lambda text, _: text)
            copy_value(self, self._copy_text, "report", text)

    def action_scroll(self, where: str) -> None:
        """A line up or down."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)
