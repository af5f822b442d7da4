"""A row of a form: a label and a widget."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def labelled(label: str, widget: Widget, *, classes: str = "") -> ComposeResult:
    """Yield a row with a label in front of a widget.

    Args:
        label: the text of the label.
        widget: the widget.
        classes: style classes of the row, besides ``field``.
    """
    with Horizontal(classes=f"field {classes}"):
        yield Static(Content(label), classes="label")
        yield widget
