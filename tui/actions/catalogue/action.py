"""What one action is: its words, its keys, its danger, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from tui.actions.catalogue.key_names import written


class Danger(IntEnum):
    """How an action is guarded, by what it would take to have it back."""

    NONE = 0
    """Changes nothing outside the screen: done at once."""
    UNDOABLE = 1
    """Done at once, with a note that offers to take it back."""
    CONFIRM = 2
    """Asks yes or no, with No chosen."""
    TYPE_NAME = 3
    """Asks to type the name of what is changed."""


class Scope(Enum):
    """Where an action's keys are heard."""

    EVERYWHERE = "everywhere"
    ORDERS = "orders"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known where the user stands; each surface makes it from its own state."""

    connected: bool = False
    """Whether a session is open."""
    rows: int = 0
    """Orders shown."""
    cursor: bool = False
    """Whether the cursor is on an order."""
    more: bool = False
    """Whether there are orders on the server that are not loaded."""
    detail: bool = False
    """Whether an order is open beside the table."""
    read_only: bool = True
    """Whether changes are refused now."""
    sealed: bool = False
    """Whether nothing unlocks the session."""
    unlock_key: str = ""
    """The key that unlocks here, as people write it."""
    blocked: str | None = None
    """Why nothing can be changed now, if there is a reason beside ``read_only``."""
    marks: int = 0
    """Orders marked."""
    jobs_blocked: str | None = None
    """Why nothing can be done with jobs, if there is a reason."""
    masked: bool = False
    """Whether what is personal is masked."""


Availability = Callable[[Situation], str | None]
"""Answers why the action cannot be done now, or ``None`` when it can."""


def always(_: Situation) -> str | None:
    """Can be done anywhere."""
    return None


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do, told once for every surface.

    ``id`` is what a keymap and a script call it. ``keys`` are Textual's names of keys, the first one is
    shown. ``hint`` is the priority in a line of key hints: 1 is kept longest, 0 is never in it. ``command``
    is the same thing typed: behind ``ordex``, or in the REPL; it is empty for what is only about the screen.
    An action whose command has no option *is* that verb, which takes its words and its danger from here.
    ``target`` is the method that the explorer's screen calls for it; actions of the app and of the table
    are their own ``action_…`` of that id.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    scope: Scope = Scope.ORDERS
    danger: Danger = Danger.NONE
    hint: int = 0
    palette: bool = True
    command: str = ""
    unavailable: Availability = always
    target: str = ""

    @property
    def key(self) -> str:
        """The first key as people write it: ``?``, ``ctrl+d``, ``space``."""
        return written(self.keys[0]) if self.keys else ""
