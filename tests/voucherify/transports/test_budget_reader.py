"""The budget follows the answers."""

from __future__ import annotations

import httpx

from tests.support.clients import Scripted
from tui.voucherify.rate_limit import CallBudget
from tui.voucherify.transports.budget_reader import BudgetReader


async def test_each_answer_updates_the_budget() -> None:
    """A refusal too: it is where the budget is at its end."""
    headers = {"X-Rate-Limit-Limit": "100", "X-Rate-Limit-Remaining": "0"}
    budget, network = CallBudget(), Scripted(httpx.Response(429, headers=headers))
    reader = BudgetReader(network, budget, now=lambda: 5.0)
    await reader.handle_async_request(httpx.Request("GET", "https://h/"))
    await reader.aclose()
    assert (budget.limit, budget.remaining, budget.seen_at) == (100, 0, 5.0)
    assert network.closed
