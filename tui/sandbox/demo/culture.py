"""What a culture's names, addresses and phone numbers look like."""

from __future__ import annotations

from typing import NamedTuple


class Culture(NamedTuple):
    """Names and places of one culture.

    ``given`` and ``family`` are separated by spaces; a name in another script carries its Latin spelling
    after ``=``, for e-mail addresses. ``full`` and ``street`` are formats. In ``postal`` and ``phone`` each
    ``#`` stands for a digit. ``phone`` is a range that the country's regulator keeps for fiction; where
    there is none it is empty, and customers have no number. ``weight`` is how many customers there are.
    """

    country: str
    language: str
    weight: int
    given: str
    family: str
    cities: tuple[tuple[str, str | None, str], ...]
    streets: tuple[str, ...]
    full: str = "{given} {family}"
    street: str = "{street} {number}"
    phone: str = ""
