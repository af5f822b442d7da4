"""Whose orders are at stake, and whether they can be changed at this moment: in words that need no colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, Self

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.voucherify.write_lock import WriteLock

Kind = Literal["sandbox", "production"]

NAME = 40
"""Characters of a profile's name that are shown."""

ADDRESS = 80
"""Characters of an address that are shown."""


class Whose(Protocol):
    """A profile, or a session that is open on one."""

    @property
    def name(self) -> str:
        """The profile's name."""

    @property
    def kind(self) -> Kind:
        """Whether real orders are at stake."""

    @property
    def address(self) -> str:
        """Where the orders are, for people."""

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""


class Opened(Whose, Protocol):
    """A session on a profile, with its lock."""

    @property
    def write_lock(self) -> WriteLock:
        """What decides whether changes may leave."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """A profile whose session is not open yet, with the lock that the session will have."""

    profile: Whose
    write_lock: WriteLock

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    @property
    def kind(self) -> Kind:
        """Whether real orders are at stake."""
        return self.profile.kind

    @property
    def address(self) -> str:
        """Where the orders are, for people."""
        return self.profile.address

    @property
    def read_only(self) -> bool:
        """Whether changes will be refused."""
        return self.write_lock.read_only


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header, the prompt and each confirmation say of an account. All texts are visible ones.

    ``seconds_left`` are those until changes are refused again; ``None`` where that is not by the clock.
    """

    name: str
    kind: Kind
    address: str
    read_only: bool
    seconds_left: float | None = None

    @classmethod
    def of(cls, opened: Opened) -> Self:
        """How a session stands at this moment."""
        left = (
            opened.write_lock.seconds_left
        )  # before read_only, or a lock that closes now seemed open for good
        name, address = visible(opened.name, limit=NAME), visible(opened.address, limit=ADDRESS)
        return cls(name, opened.kind, address, opened.read_only, left)

    @property
    def production(self) -> bool:
        """Whether real orders are at stake."""
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
        """The badge and the name: what no confirmation may leave out."""
        return f"{self.badge} {self.name}"

    @property
    def spoken(self) -> str:
        """The same for the ear: no brackets, and no seconds that would be over when they are heard."""
        kind = "PRODUCTION" if self.production else "sandbox"
        return f"{self.name}, {kind}, {self.spoken_rights}"

    @property
    def spoken_rights(self) -> str:
        """``read only``, ``read and write``, or that with the minutes left."""
        if self.read_only:
            return "read only"
        if self.seconds_left is None:
            return "read and write"
        minutes = math.ceil(self.seconds_left / 60)
        return f"read and write for {minutes} minute{'' if minutes == 1 else 's'}"


def why_read_only(*, sealed: bool = False, key: str = "") -> str:
    """Why nothing can be changed, and what to do about it.

    Args:
        sealed: whether nothing unlocks the session.
        key: what unlocks it where it is said; without one the action's name is told.
    """
    if sealed:
        return (
            "this profile only reads, by --read-only or its settings; only a start with --write changes that"
        )
    return f"this profile only reads; {key or 'the action Unlock'} allows changes for a time"


def minutes_and_seconds(seconds: float) -> str:
    """``14:32``; the last second is ``0:01``, never ``0:00``."""
    minutes, rest = divmod(max(1, math.ceil(seconds)), 60)
    return f"{minutes}:{rest:02}"
