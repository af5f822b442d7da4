"""Moving among pages, panes and rows."""

from __future__ import annotations

from tui.actions.action import Action, Scope
from tui.actions.availability import (
    needs_rows,
    needs_session,
)

MOVING = (
    Action(
        "next_page",
        "Next page",
        "Go to the next page (one call if it is not loaded yet).",
        ("greater_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_session,
    ),
    Action(
        "previous_page",
        "Previous page",
        "Go to the previous page.",
        ("less_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_rows,
    ),
    Action("focus_next", "Next pane", "Move to the next pane.", ("tab",), hint=14),
    Action("focus_previous", "Previous pane", "Move to the previous pane.", ("shift+tab",)),
    Action("cursor_down", "Down", "Move down one order.", ("j", "down"), Scope.TABLE, palette=False),
    Action("cursor_up", "Up", "Move up one order.", ("k", "up"), Scope.TABLE, palette=False),
    Action("top", "First order", "Go to the first order.", ("g", "home"), Scope.TABLE),
    Action("bottom", "Last loaded order", "Go to the last loaded order.", ("G", "end"), Scope.TABLE),
    Action(
        "half_page_down",
        "Half a screen down",
        "Move down half a screen.",
        ("ctrl+d",),
        Scope.TABLE,
        palette=False,
    ),
    Action(
        "half_page_up", "Half a screen up", "Move up half a screen.", ("ctrl+u",), Scope.TABLE, palette=False
    ),
    Action("page_down", "A screen down", "Move down one screen.", ("pagedown",), Scope.TABLE, palette=False),
    Action("page_up", "A screen up", "Move up one screen.", ("pageup",), Scope.TABLE, palette=False),
    Action(
        "scroll_left", "Columns to the left", "Scroll to the columns on the left.", ("h", "left"), Scope.TABLE
    ),
    Action(
        "scroll_right",
        "Columns to the right",
        "Scroll to the columns on the right.",
        ("l", "right"),
        Scope.TABLE,
    ),
)
