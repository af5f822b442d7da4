"""What every key does, written from the registry of actions."""

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

from tui.actions.catalogue import in_scope
from tui.actions.catalogue.action import Action, Scope
from tui.actions.catalogue.key_names import written
from tui.app.bindings import as_bound
from tui.app.modal import Modal

KEYS = 14
"""Cells for the keys of an action."""

_HEADINGS = {Scope.ORDERS: "Orders", Scope.TABLE: "Moving in the table", Scope.EVERYWHERE: "Everywhere"}


class Help(Modal[None]):
    """A page of keys, those of the focused place first; any of the usual ways out closes it."""

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
        """One scrolling text in a box."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = Content("Keys")
            box.border_subtitle = Content("esc close")
            yield KeysText(self._here)

    def action_scroll(self, where: str) -> None:
        """A line up or down."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=1 if where == "down" else -1, animate=False)


class KeysText(Widget):
    """The keys in one column and what they do in another, for the width there is."""

    def __init__(self, here: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._here = here

    def render(self) -> Content:
        """Wrapped to the width."""
        return self._keys(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the width makes."""
        del container, viewport
        return self._keys(width).plain.count("\n") + 1

    def _keys(self, width: int) -> Content:
        width = max(20, width)
        here = [_section("Here", self._here, width)] if self._here else []
        shared = [
            _section(heading, [_told(action) for action in as_bound(self.app, in_scope(scope))], width)
            for scope, heading in _HEADINGS.items()
        ]
        return Content("\n\n").join([*here, *shared])


def _keys_here(focused: Widget | None) -> list[tuple[str, str]]:
    """The keys of the focused widget and of those around it that are not in the registry."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in focused.ancestors_with_self if focused is not None else ():
        if isinstance(place, Screen):
            break
        for key, bound in place._bindings.key_to_bindings.items():
            for binding in bound:
                if binding.id is None and binding.description and not binding.system:
                    found.setdefault((binding.action, binding.description), []).append(written(key))
    return [(" ".join(keys), description) for (_, description), keys in found.items()]


def _told(action: Action) -> tuple[str, str]:
    return " ".join(written(key) for key in action.keys), f"{action.title}: {action.help}"


def _section(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Content:
    lines = [_line(keys, told, width) for keys, told in rows]
    return Content("\n").join([Content(heading).stylize("bold underline"), *lines])


def _line(keys: str, told: str, width: int) -> Content:
    wrapped = textwrap.fill(told, width, initial_indent=" " * KEYS, subsequent_indent=" " * KEYS)
    return Content.assemble((f"{keys:<{KEYS}}", "bold"), wrapped[KEYS:])
