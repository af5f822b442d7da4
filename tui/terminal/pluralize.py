"""Counts with their nouns."""

from __future__ import annotations


def pluralize(number: int, noun: str) -> str:
    """A count with its noun: ``1 row``, ``2,000 rows``. The plural of ``noun`` must end in s."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
