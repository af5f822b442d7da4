"""An action of the explorer: title, help, keys, danger, and when it is available."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from tui.actions.catalogue.key_names import written


class Danger(IntEnum):
    """The confirmation of an action, by how hard it is to revert."""

    NONE = 0
    """No confirmation: it changes nothing outside the screen."""
    UNDOABLE = 1
    """No confirmation, and a notification that offers to undo it."""
    CONFIRM = 2
    """Yes or no; No is preselected."""
    TYPE_NAME = 3
    """The user types the name of the profile."""


class Scope(Enum):
    """Where the keys of an action work."""

    EVERYWHERE = "everywhere"
    ORDERS = "orders"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Situation:
    """The state of a front end that decides which actions are available."""

    connected: bool = False
    """Whether a session is open."""
    rows: int = 0
    """Orders shown."""
    cursor: bool = False
    """Whether the cursor is on an order."""
    more: bool = False
    """Whether the account has orders that are not loaded."""
    detail: bool = False
    """Whether an order is open beside the table."""
    read_only: bool = True
    """Whether changes are refused now."""
    sealed: bool = False
    """Whether the session cannot be unlocked."""
    unlock_key: str = ""
    """The key that unlocks the session, as text."""
    blocked: str | None = None
    """Why changes are impossible, apart from ``read_only``."""
    marks: int = 0
    """Orders marked."""
    jobs_blocked: str | None = None
    """Why jobs are unavailable, if they are."""
    masked: bool = False
    """Whether personal data is masked."""


Availability = Callable[[Situation], str | None]
"""Returns why the action is unavailable, or ``None``."""


def always(_: Situation) -> str | None:
    """The availability of an action that always works."""
    return None


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do, defined once for every front end.

    ``id`` is what a keymap and a script call it. ``keys`` are Textual's names of keys, the first one is
    shown. ``hint`` is the priority in a line of key hints: 1 is kept longest, 0 is never in it. ``command``
    is the same thing typed: behind ``ordex``, or in the REPL; empty for actions of the screen only.
    The command of an action without an option is that verb, which takes its help and its danger from here.
    ``target`` is the method that runs it, from the app (scope ``EVERYWHERE``) or from the explorer's screen
    (scope ``ORDERS``): ``themes.choose``. In the table (scope ``TABLE``) it is one of its actions:
    ``move(1)``.
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
