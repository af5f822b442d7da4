"""How an order's status changes with its age (``voucherify-api.md`` 2.1)."""

from __future__ import annotations

from typing import NamedTuple

from tui.orders.order import Status

from .channels import Channel
from .draw import Draw
from .seasons import DAY_MS, HOUR_MS, MINUTE_MS


class Life(NamedTuple):
    """Where an order stands. ``updated_ms`` is null until the first update."""

    status: Status
    updated_ms: int | None


Step = tuple[int, Status]


def life(draw: Draw, channel: Channel, created_ms: int, until_ms: int, redeemed_ms: int | None) -> Life:
    """Live the order's life until ``until_ms``; all times are Unix milliseconds.

    Args:
        draw: where chance comes from.
        channel: a purchase in the shop itself is done at once, all others take days.
        created_ms: when the order was made.
        until_ms: now.
        redeemed_ms: when a redemption set the order to PAID, if one did.
    """
    if channel == "pos":
        first: Step = (created_ms, "PAID" if redeemed_ms else "FULFILLED")
        handed_over: Step = ((redeemed_ms or 0) + draw.between(5_000, MINUTE_MS), "FULFILLED")
        steps: list[Step] = [(redeemed_ms, "PAID"), handed_over] if redeemed_ms else []
    else:
        first = (created_ms, "PAID" if redeemed_ms or draw.chance(12) else "CREATED")
        steps = _steps(draw, first, redeemed_ms)
    if draw.chance(1.5):
        at_ms = (steps[-1] if steps else first)[0] + draw.between(5 * DAY_MS, 60 * DAY_MS)
        steps.append((at_ms, (steps[-1] if steps else first)[1]))
    status, updated_ms = first[1], None
    for at_ms, reached in steps:
        if at_ms <= until_ms:
            status, updated_ms = reached, at_ms
    return Life(status, updated_ms)


def _steps(draw: Draw, first: Step, redeemed_ms: int | None) -> list[Step]:
    """What happens to an order that is not done at once, in the order of time."""
    steps: list[Step] = [(redeemed_ms, "PAID")] if redeemed_ms else []
    at_ms, status = (steps or [first])[-1]
    if status == "CREATED":
        if draw.chance(6):
            forgotten = draw.chance(40)
            return [] if forgotten else [(at_ms + draw.between(3 * DAY_MS, 9 * DAY_MS), "CANCELED")]
        minutes = draw.between(2, 90) if draw.chance(50) else draw.between(60, 3 * 24 * 60)
        at_ms += minutes * MINUTE_MS + draw.below(MINUTE_MS)
        steps.append((at_ms, "PAID"))
    if draw.chance(4):
        steps.append((at_ms + draw.between(HOUR_MS, 5 * DAY_MS), "CANCELED"))
    elif draw.chance(94):
        steps.append((at_ms + draw.between(9 * HOUR_MS, 6 * DAY_MS), "FULFILLED"))
    return steps
