"""What every key does, written from the registry of actions."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.actions.action import Action, Scope, written
from tui.actions.catalogue import in_scope

KEYS = 14
"""Cells for the keys of an action."""

_HEADINGS = {Scope.ORDERS: "Orders", Scope.TABLE: "Moving in the table", Scope.EVERYWHERE: "Everywhere"}


class Help(ModalScreen[None]):
    """A page of keys; any of the usual ways out closes it."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One scrolling text in a box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("esc close")
            yield KeysText()

    def action_scroll(self, where: str) -> None:
        """A line up or down."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)


class KeysText(Widget):
    """The keys in one column and what they do in another, for the width there is."""

    def render(self) -> Content:
        """Wrapped to the width."""
        return _keys(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the width makes."""
        del container, viewport
        return _keys(width).plain.count("\n") + 1


def _keys(width: int) -> Content:
    return Content("\n\n").join(_section(scope, max(20, width)) for scope in _HEADINGS)


def _section(scope: Scope, width: int) -> Content:
    lines = [_line(action, width) for action in in_scope(scope)]
    return Content("\n").join([Content(_HEADINGS[scope]).stylize("bold underline"), *lines])


def _line(action: Action, width: int) -> Content:
    keys = " ".join(written(key) for key in action.keys)
    told = textwrap.fill(
        f"{action.title}: {action.help}", width, initial_indent=" " * KEYS, subsequent_indent=" " * KEYS
    )
    return Content.assemble((f"{keys:<{KEYS}}", "bold"), told[KEYS:])
