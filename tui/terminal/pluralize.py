"""Numbers of things in words."""

from __future__ import annotations


def pluralize(number: int, noun: str) -> str:
    """A number of things: ``1 row``, ``2,000 rows``. ``noun`` is one whose plural takes an s."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
