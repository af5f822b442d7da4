"""A wait before another try, as one fact of the status line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tui.orders.loaded import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.voucherify.waits import Wait


def waiting_fact(wait: Wait | None, now: float) -> Sequence[Fact]:
    """Why a request waits, and for how many seconds yet; nothing once the wait is over.

    Args:
        wait: the last wait that was told, if there was one.
        now: epoch seconds.
    """
    if wait is None or wait.until <= now:
        return ()
    left = math.ceil(wait.until - now)
    return (Fact(f"{wait.reason}, trying again in {left} s", f"{wait.reason}, again in {left} s", 0),)
