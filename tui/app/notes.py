"""Short notes at the edge of the screen, and copying, which ends in one."""

from __future__ import annotations

from collections.abc import Callable

from textual.notifications import SeverityLevel
from textual.widget import Widget

from tui.terminal.visible import visible

CopyText = Callable[[str], str]
"""Puts text on a clipboard and answers by which way; raises ``OSError`` when there is none."""


def tell(where: Widget, message: str, *, title: str = "", severity: SeverityLevel = "information") -> None:
    """Show a short note; nothing in it is markup or control."""
    where.notify(visible(message, limit=300), title=visible(title, limit=80), severity=severity, markup=False)


def copy_value(where: Widget, copy_text: CopyText | None, label: str, text: str) -> None:
    """Copy a value and say by which way it went; without a ``copy_text``, the terminal is asked (OSC 52)."""
    try:
        if copy_text is None:
            where.app.copy_to_clipboard(text)
        way = "the terminal" if copy_text is None else copy_text(text)
    except OSError as error:
        tell(where, str(error), title=f"{label}: not copied", severity="error")
    else:
        tell(where, f"{label} copied by {way}, {len(text):,} characters")
