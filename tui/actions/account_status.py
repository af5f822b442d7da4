"""The name, kind and rights of an account as text: what every front end shows before it changes anything."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from .session import SessionInfo

Kind = Literal["sandbox", "production"]

NAME_LIMIT = 40
"""Characters of a profile's name that are shown."""

ADDRESS_LIMIT = 80
"""Characters of an address that are shown."""


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """What the header, the prompt and each confirmation show about an account, as visible text.

    ``seconds_left`` is the time until changes are refused again; ``None`` where there is no time limit.
    """

    name: str
    kind: Kind
    address: str
    read_only: bool
    seconds_left: float | None = None

    @classmethod
    def of(cls, session: SessionInfo) -> Self:
        """The status of a session at this moment."""
        # Read before read_only: otherwise a lock that expires in between looks open without a limit.
        left = session.write_lock.seconds_left
        name, address = visible(session.name, limit=NAME_LIMIT), visible(session.address, limit=ADDRESS_LIMIT)
        return cls(name, session.kind, address, session.read_only, left)

    @property
    def production(self) -> bool:
        """Whether the account has real orders."""
        return self.kind == "production"

    @property
    def rights(self) -> str:
        """``[R]``, ``[RW]``, or ``[RW 14:32]`` with minutes and seconds left."""
        if self.read_only:
            return "[R]"
        return "[RW]" if self.seconds_left is None else f"[RW {minutes_and_seconds(self.seconds_left)}]"

    @property
    def badge(self) -> str:
        """The kind in capitals, and the rights: ``PRODUCTION [R]``."""
        return f"{self.kind.upper()} {self.rights}"

    @property
    def words(self) -> str:
        """The badge and the name; every confirmation shows them."""
        return f"{self.badge} {self.name}"

    @property
    def spoken(self) -> str:
        """The same for screen readers: no brackets, and minutes instead of seconds."""
        kind = "PRODUCTION" if self.production else "sandbox"
        return f"{self.name}, {kind}, {self.spoken_rights}"

    @property
    def spoken_rights(self) -> str:
        """``read only``, ``read and write``, or the same with the minutes left."""
        if self.read_only:
            return "read only"
        if self.seconds_left is None:
            return "read and write"
        minutes = math.ceil(self.seconds_left / 60)
        return f"read and write for {minutes} minute{'' if minutes == 1 else 's'}"


def why_read_only(*, sealed: bool = False, key: str = "") -> str:
    """Why changes are refused, and what the user can do.

    Args:
        sealed: whether nothing unlocks the session.
        key: the key that unlocks it in this front end; without one the text names the action.
    """
    if sealed:
        return "this profile is read-only by --read-only or its settings; start with --write to change that"
    return f"this profile is read-only; {key or 'the action Unlock'} allows changes for some minutes"


def minutes_and_seconds(seconds: float) -> str:
    """``14:32``; the last second is ``0:01``, never ``0:00``."""
    minutes, rest = divmod(max(1, math.ceil(seconds)), 60)
    return f"{minutes}:{rest:02}"
