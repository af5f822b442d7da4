"""Drawing a screen anew where what it shows is the same but has to look different."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget


def repaint(screen: Screen[Any]) -> None:
    """Let every widget of the screen forget what it drew."""
    for widget in screen.walk_children(Widget, with_self=True):
        widget.notify_style_update()
        widget.refresh()
