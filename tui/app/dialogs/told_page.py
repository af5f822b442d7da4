"""A page of what is found when it is opened: the doctor's report, the settings. It can be copied as it is."""

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

Told = Callable[[int | None], Iterable["Line"]]
"""Gives the lines for a width in cells, or for no width in particular."""

Look = Callable[[], Told]
"""Looks; it reads files and may ask programs, so it is called in a thread."""

BORDERS = 8
"""Cells of the box that are not the text's: borders, padding and the scroll bar."""

_STYLES = {"title": "bold underline", "ok": "$success", "warn": "bold $warning", "fail": "bold $error"}


class ToldPage(Modal[None]):
    """Looks while it opens, then shows what was found.

    Args:
        title: of the page.
        look: gives what is to be told.
        copy_text: the way to the clipboard.
    """

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
        Binding("y", "copy", "Copy"),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
    ]

    def __init__(self, title: str, look: Look, *, copy_text: CopyText | None = None) -> None:
        super().__init__()
        self._title = title
        self._look = look
        self._copy_text = copy_text
        self._told: Told | None = None

    def compose(self) -> ComposeResult:
        """One scrolling text in a box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content(visible(self._title, limit=80))
            box.border_subtitle = Content("y copy · esc close")
            yield Static(Content("looking…"))

    def on_mount(self) -> None:
        """Look, with the page there already."""
        start_worker(self, self._show, exclusive=True)

    async def _show(self) -> None:
        with activity(self, f"Reading {self._title.lower()}"):
            self._told = await asyncio.to_thread(self._look)
        lines = (
            Content.assemble(*((visible(text), _STYLES.get(style, "")) for text, style in line))
            for line in self._told(self.app.size.width - BORDERS)
        )
        self.query_one(Static).update(Content("\n").join(lines))

    def action_copy(self) -> None:
        """Copy all of it as plain text."""
        if self._told is not None:
            lines = ("".join(text for text, _ in line) for line in self._told(None))
            copy_value(self, self._copy_text, self._title, "".join(f"{line}\n" for line in lines))

    def action_scroll(self, where: str) -> None:
        """A line up or down."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)
