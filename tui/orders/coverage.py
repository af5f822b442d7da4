"""How much of a paged list was read, and whether the pages prove that it is complete.

A service may state a wrong total, cap its pages, answer an empty page in the middle, or move rows while they
are read. So no single answer decides that everything was read. It takes

- a total that agrees with the rows counted, and an end of the list: a page without a row, or one that is
  shorter than a page before it. A short first page is not an end, since the service may cap its pages at that
  size and state a total of this page only: one more call shows it.
- without a total, two pages in a row without a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .order import Order

LAST_PAGE = 100
"""The last page that the API serves (``docs/voucherify-api.md#list-orders``)."""

CONFIRMING_PAGES = 2
"""Pages in a row without a new row after which a list is taken to have ended."""

PLACE_MARK = "\0"
"""Begins the key of an order without an id of its own; no id of the API holds it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of a list after some of its pages.

    ``skipped`` rows come before the first page asked for. ``stated`` is the total as the service last stated
    it, if it was a number that a count can be; ``seen`` counts different orders.
    """

    skipped: int = 0
    seen: int = 0
    stated: int | None = None
    restated: bool = False
    """Whether the service stated another total before."""
    repeats: int = 0
    """Rows whose order an earlier row had listed: rows moved between pages, or the list has duplicates."""
    last_page: int = 0
    full: bool = False
    """Whether a page held as many rows as were asked for, so that pages have that size."""
    largest: int = 0
    """Rows of the largest page; a service may send fewer than it is asked for."""
    short: bool = False
    """Whether the last page held fewer rows than were asked for."""
    shrunk: bool = False
    """Whether the last page held fewer rows than a page before it."""
    idle: int = 0
    """Pages at the end, one after the other, that brought no new order."""
    empty: int = 0
    """Pages without any row."""
    gaps: tuple[int, ...] = ()
    """Pages without a row although a later page had some."""

    def after(self, page: int, *, asked: int, received: int, new: int, stated: int | None) -> Coverage:
        """The coverage with one more page; ``new`` of its ``received`` rows were not seen before."""
        read = replace(
            self,
            seen=self.seen + new,
            stated=stated,
            restated=self.restated or (self.last_page > 0 and stated != self.stated),
        )
        if page <= self.last_page:
            return replace(read, gaps=tuple(gap for gap in self.gaps if gap != page or not received))
        emptied = range(self.last_page - self.empty + 1, self.last_page + 1) if received else ()
        return replace(
            read,
            last_page=page,
            full=self.full or received >= asked,
            largest=max(self.largest, received),
            short=received < asked,
            shrunk=received < self.largest,
            repeats=self.repeats + received - new,
            idle=0 if new else self.idle + 1,
            empty=0 if received else self.empty + 1,
            gaps=(*self.gaps, *(gap for gap in emptied if gap > 0)),
        )

    @property
    def total(self) -> int | None:
        """The stated total, unless more orders than that were read; ``None`` when it is not known."""
        return self.stated if self.stated is not None and self.stated >= self.seen else None

    @property
    def missing(self) -> int | None:
        """Orders behind the first page asked for that were not read; ``None`` when it is not known."""
        return None if self.total is None else max(0, self.total - self.skipped - self.seen)

    @property
    def complete(self) -> bool:
        """Whether it is proved that every order from the first page asked for on was read."""
        if self.total is not None:
            sized = self.full or not self.skipped
            # A page of known rows instead of an empty one: the service may ignore the page that is asked for.
            return self.missing == 0 and ((self.shrunk and sized) or self.empty > 0)
        return self.empty >= CONFIRMING_PAGES and not self.gaps and not self.repeats

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the pages read may be all there is, and a further call would show it."""
        return self.short and not self.complete and not self.missing

    @property
    def contradiction(self) -> str:
        """What the pages read disagree in, so that an order may have slipped through; empty if nothing."""
        seen = []
        if self.repeats:
            rows = "1 row lists an order" if self.repeats == 1 else f"{self.repeats:,} rows list orders"
            seen.append(f"{rows} that an earlier row had listed")
        if self.restated:
            seen.append("the service stated different totals")
        return " and ".join(seen)

    @property
    def ended(self) -> bool:
        """Whether to stop reading: it is complete, or the list brings nothing new."""
        return self.complete or self.idle >= CONFIRMING_PAGES

    @property
    def next_page(self) -> int | None:
        """The page to read next, or ``None`` when there is none."""
        return None if self.ended or self.last_page >= LAST_PAGE else self.last_page + 1


def orders_by_key(orders: Iterable[Order], page: int) -> dict[str, Order]:
    """The orders of one page by their keys.

    Orders without an id, and different orders with the same id, get keys of their own: they are never taken
    for one.
    """
    found: dict[str, Order] = {}
    for row, order in enumerate(orders):
        key = order.id
        if not key or (key in found and found[key].raw != order.raw):
            order.set_key(f"{PLACE_MARK}{page}{PLACE_MARK}{row}")
        found.setdefault(order.key, order)
    return found


def is_of_page(key: str, page: int) -> bool:
    """Whether the key was made for an order of that page."""
    return key.startswith(f"{PLACE_MARK}{page}{PLACE_MARK}")
