"""Where orders come from, and how each channel numbers them."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from .draw import Draw, Weighted

Channel = Literal["web", "app", "pos", "marketplace"]

CHANNELS: Weighted[Channel] = Weighted((("web", 52), ("app", 22), ("pos", 16), ("marketplace", 10)))

_PREFIX: dict[Channel, str] = {"web": "WEB", "app": "APP", "pos": "POS", "marketplace": "MKT"}
_WITHOUT_NUMBER: dict[Channel, int] = {"web": 4, "app": 8, "pos": 45, "marketplace": 0}


class SourceIds:
    """The shop's own order numbers: ``WEB-2026-004711``, one sequence for each channel and year."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._given: Counter[tuple[Channel, str]] = Counter()

    def give(self, channel: Channel, created_at: str) -> str | None:
        """The next number of the channel, or none where the shop did not send one."""
        year = created_at[:4]
        self._given[channel, year] += 1
        if self._draw.chance(_WITHOUT_NUMBER[channel]):
            return None
        return f"{_PREFIX[channel]}-{year}-{self._given[channel, year]:06d}"
