"""Identifiers in the real form (``docs/voucherify-api.md#identifiers``).

Orders, async actions, redemptions, products, SKUs and request ids are 18 hex digits: milliseconds since
2016-05-04 shifted by 30 bits, then 30 bits that differ within the same millisecond, so they
sort by time. Exports, customers and campaigns are 24 characters of base 62.
"""

from __future__ import annotations

import random
import string
import threading
from typing import Literal

EPOCH_MS = 1_462_320_000_000
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase

TimedPrefix = Literal["ord_", "aa_", "r_", "rr_", "prod_", "sku_", "v-"]
RandomPrefix = Literal["exp_", "cust_", "camp_"]


class IdentifierGenerator:
    """Makes identifiers; those of one mint do not repeat while its clock does not run backwards.

    Args:
        rng: where the random bits come from; a seeded one makes the identifiers repeatable.
    """

    def __init__(self, rng: random.Random | None = None) -> None:
        self._rng = rng or random.SystemRandom()
        self._last: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def timed(self, prefix: TimedPrefix, at_ms: int) -> str:
        """An identifier made at ``at_ms`` (Unix milliseconds); later ones of one millisecond sort later."""
        with self._lock:
            last_ms, last_low = self._last.get(prefix, (-1, 0))
            low = last_low + 1 if at_ms == last_ms else self._rng.getrandbits(29)
            self._last[prefix] = (at_ms, low)
        return f"{prefix}{((at_ms - EPOCH_MS) << 30) | low:018x}"

    def random(self, prefix: RandomPrefix) -> str:
        """An identifier without a time."""
        return prefix + "".join(self._rng.choices(BASE62, k=24))
