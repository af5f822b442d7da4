"""A page of text, such as the one about the filter language."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.modal import Modal


class FilterPage(Modal[None]):
    """The filter language with examples, written from its own registry."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,f1", "dismiss", "Close"),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One scrolling text in a box."""
        from tui.orders.filter import HELP

        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content("Filter language")
            box.border_subtitle = Content("esc close")
            yield Static(Content(HELP.rstrip()))

    def action_scroll(self, where: str) -> None:
        """A line up or down."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)
