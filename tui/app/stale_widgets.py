"""Errors of widgets that are gone: a screen closes while its workers run or messages to it are queued.

Textual removes the parts of a screen before it cancels the screen's workers and ends its queue of messages,
so for a moment those look for parts that are gone.
"""

from __future__ import annotations

from typing import Any

from textual._context import active_message_pump
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.widget import MountError
from textual.worker import WorkerFailed, active_worker


def is_stale_widget_error(error: Exception, app: App[Any]) -> bool:
    """Whether the error is only a missing widget, in an app that exits or on a screen that is closed."""
    if not isinstance(error, WorkerFailed):
        handler = active_message_pump.get(None)
        left = app._exit or (isinstance(handler, DOMNode) and _is_left(handler, app))
        return left and isinstance(error, (NoMatches, MountError))
    worker = active_worker.get(None)
    left = app._exit or (worker is not None and _is_left(worker.node, app))
    return left and isinstance(error.error, (NoMatches, MountError))


def _is_left(node: DOMNode, app: App[Any]) -> bool:
    if node is app:
        return False
    try:
        screen = node.screen
    except NoScreen:
        return True
    return all(screen not in stack for stack in app._screen_stacks.values())
