"""Notifications, and copying, which shows one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.notifications import SeverityLevel
from textual.widget import Widget

from tui.app.masking import masks_at
from tui.terminal.redaction import redacted
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.terminal.clipboard import CopyOutcome

CopyText = Callable[[str, Callable[[str], object]], "CopyOutcome"]
"""Copies a text and returns what was done. It may take seconds, so it is called in a thread.

The second argument takes a sequence for the terminal. ``ClipboardError`` or ``OSError``: nothing was copied.
"""


DesktopSequence = Callable[[str, str], str]
"""The terminal's sequence that shows a title and a text on the desktop; empty where there is no such way.

It may take a second, so it is called in a thread.
"""


async def notify_desktop(where: Widget, notify: DesktopSequence | None, title: str, text: str) -> None:
    """Show a desktop notification; where there is no way to, ring the terminal's bell."""
    sequence = "" if notify is None else await asyncio.to_thread(notify, title, text)
    driver = where.app._driver  # as in _copy
    if sequence and driver is not None:
        driver.write(sequence)
        driver.flush()
    else:
        where.app.bell()


def notify(where: Widget, message: str, *, title: str = "", severity: SeverityLevel = "information") -> None:
    """Show a notification; its text is escaped and redacted here."""
    shown = visible(redacted(message), multiline=True, limit=300)
    where.notify(shown, title=visible(title, limit=80), severity=severity, markup=False)


def copy_value(where: Widget, copy_text: CopyText | None, label: str, text: str) -> None:
    """Copy a value in the background, then show how it was copied and how many bytes it has.

    Without a ``copy_text`` the terminal copies it (OSC 52). While masks are on, the masked value is copied,
    and the notification shows it.
    """
    masks = masks_at(where)
    if masks.on:
        label, text = f"{label}, masked,", masks.text(text)
    if copy_text is None:
        where.app.copy_to_clipboard(text)
        notify(where, "handed to the terminal", title=f"{label} copied")
    else:
        where.run_worker(_copy(where, copy_text, label, text), group="copying", exclusive=False)


async def _copy(where: Widget, copy_text: CopyText, label: str, text: str) -> None:
    from tui.terminal.clipboard import ClipboardError

    sequences: list[str] = []
    try:
        outcome = await asyncio.to_thread(copy_text, text, sequences.append)
    except (ClipboardError, OSError) as error:
        notify(where, str(error), title=f"{label}: not copied", severity="error")
        return
    driver = where.app._driver  # the terminal is written to by Textual's driver alone, never from the thread
    if driver is not None:
        driver.write("".join(sequences))
        driver.flush()
    saved = outcome.way.kind == "file"
    notify(
        where,
        f"{outcome.note} ({outcome.bytes:,} bytes)",
        title=f"{label}: not on a clipboard" if saved else f"{label} copied",
        severity="warning" if saved else "information",
    )
