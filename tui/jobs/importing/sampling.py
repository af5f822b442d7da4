"""Rows spread over a file, chosen while it is read once, by which is seen how many orders exist already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tui.jobs.following import Ration
from tui.terminal.counting import counted
from tui.voucherify.errors import NotFound

from .service import ImportClient

USUAL = 20
"""Rows that are looked up when nobody says how many."""

MOST = 100
"""Rows that are looked up at most; each costs a call."""


OnRow = Callable[[int, int], None]
"""Told how many of how many rows were looked up."""


class Sample:
    """Names at even distances. Memory does not grow with the file: the distance does."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._offered = 0
        self._distance = 1

    def offer(self, name: str) -> None:
        """Take the name of the next row, if it is its turn."""
        if self._offered % self._distance == 0:
            self._names.append(name)
            if len(self._names) > 2 * MOST:
                del self._names[1::2]
                self._distance *= 2
        self._offered += 1

    @property
    def names(self) -> tuple[str, ...]:
        """The names taken, in the order of the file: all of a small file, else more than ``MOST``."""
        return tuple(self._names)


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many of the rows that were looked up exist already."""

    existing: int
    rows: int

    def words(self) -> str:
        """What it means for the import."""
        if not self.rows:
            return "no row could be looked up: the calls that are left are kept for you"
        if not self.existing:
            return f"none of {counted(self.rows, 'sampled row')} exists yet"
        they = "it" if self.existing == 1 else "they"
        exist = "exists" if self.existing == 1 else "exist"
        rows = counted(self.rows, "sampled row")
        return f"{self.existing:,} of {rows} {exist} already: {they} will be UPDATED"


async def look_up(
    names: Sequence[str], client: ImportClient, ration: Ration, on_row: OnRow | None = None
) -> Sampled:
    """Ask for each order; no more than the background may ask now, so that nobody waits for it.

    Raises:
        VoucherifyError: the service cannot be asked.
    """
    calls = ration.allowance().calls
    asked = names if calls is None else spread(names, min(calls, len(names)))
    existing = 0
    for number, name in enumerate(asked, 1):
        with suppress(NotFound):
            async with ration.call():
                await client.get_order(name)
            existing += 1
        if on_row is not None:
            on_row(number, len(asked))
    return Sampled(existing, len(asked))


def spread(names: Sequence[str], most: int) -> tuple[str, ...]:
    """At most so many of the names, at even distances."""
    if most >= len(names):
        return tuple(names)
    return tuple(names[at * len(names) // most] for at in range(most))
