"""How the explorer opens its session, where it opens, and where it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.actions.session import Session

OpenSession = Callable[[], Awaitable["Session"]]

OpenAccount = Callable[[], "Session"]
"""The open session as verbs and jobs see it. It imports heavy modules, so it is called in a thread."""
