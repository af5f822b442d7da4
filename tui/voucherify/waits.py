"""Waits between two attempts, as they are told to the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["rate limit", "no connection", "connection cut", "too slow", "service failed"]


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait that begins now: ``seconds`` long, until the epoch second ``until``, before ``attempt``."""

    seconds: float
    until: float
    reason: Reason
    attempt: int
