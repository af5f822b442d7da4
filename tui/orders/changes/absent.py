"""Absence as a value, and equality as JSON means it."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final, Literal


class Absent(Enum):
    """The value of a field that is not there; null is another thing."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final[Literal[Absent.ABSENT]] = Absent.ABSENT


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: ``true`` is not 1, ``1`` is ``1.0``, key order means nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)
