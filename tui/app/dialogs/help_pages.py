"""Help pages: the keys, from the registry of actions, and the filter language."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.actions.catalogue import in_scope
from tui.actions.catalogue.action import Action, Scope
from tui.actions.catalogue.key_names import written
from tui.app.bindings import as_bound
from tui.app.modal import Modal

KEYS = 14
"""Width of the column of keys, in cells."""

_HEADINGS = {Scope.ORDERS: "Orders", Scope.TABLE: "Moving in the table", Scope.EVERYWHERE: "Everywhere"}


class KeyHelp(Modal[None]):
    """The key bindings, those of the focused widget first."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
    ]

    def __init__(self, focused: Widget | None = None) -> None:
        super().__init__()
        self._here = _keys_here(focused)

    def compose(self) -> ComposeResult:
        """The text in a scrolling box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("esc close")
            yield KeysText(self._here)

    def action_scroll(self, where: str) -> None:
        """Scroll by a line."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)


class KeysText(Widget):
    """The keys in one column and what they do in another."""

    def __init__(self, here: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._here = here

    def render(self) -> Content:
        """The text, wrapped to the width."""
        return self._keys(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at this width."""
        del container, viewport
        return self._keys(width).plain.count("\n") + 1

    def _keys(self, width: int) -> Content:
        width = max(20, width)
        here = [_section("Here", self._here, width)] if self._here else []
        shared = [
            _section(heading, [_action_row(action) for action in as_bound(self.app, in_scope(scope))], width)
            for scope, heading in _HEADINGS.items()
        ]
        return Content("\n\n").join([*here, *shared])


def _keys_here(focused: Widget | None) -> list[tuple[str, str]]:
    """Keys of the focused widget and its parents that are not in the registry."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in focused.ancestors_with_self if focused is not None else ():
        if isinstance(place, Screen):
            break
        for key, bound in place._bindings.key_to_bindings.items():
            for binding in bound:
                if binding.id is None and binding.description and not binding.system:
                    found.setdefault((binding.action, binding.description), []).append(written(key))
    return [(" ".join(keys), description) for (_, description), keys in found.items()]


def _action_row(action: Action) -> tuple[str, str]:
    return " ".join(written(key) for key in action.keys), f"{action.title}: {action.help}"


def _section(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Content:
    lines = [_line(keys, told, width) for keys, told in rows]
    return Content("\n").join([Content(heading).stylize("bold underline"), *lines])


def _line(keys: str, text: str, width: int) -> Content:
    wrapped = textwrap.fill(text, width, initial_indent=" " * KEYS, subsequent_indent=" " * KEYS)
    return Content.assemble((f"{keys:<{KEYS}}", "bold"), wrapped[KEYS:])


class FilterHelp(Modal[None]):
    """The filter language with examples, generated from its registry."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,f1", "dismiss", "Close"),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The text in a scrolling box."""
        from tui.orders.filter import HELP

        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content("Filter language")
            box.border_subtitle = Content("esc close")
            yield Static(Content(HELP.rstrip()))

    def action_scroll(self, where: str) -> None:
        """Scroll by a line."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)
