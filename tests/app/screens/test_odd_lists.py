"""Lists whose answers are odd: what the explorer says of them is what it has read."""

from __future__ import annotations

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeClient, FakeSession
from tests.support.odd_lists import STATED, OddList, documents
from tui.app.panels.status_bar import FactsLine


class OddClient(FakeClient):
    """A client whose list is odd."""

    def __init__(self, service: OddList) -> None:
        super().__init__(service.documents)
        self.list_orders = service.list_orders  # type: ignore[method-assign] # its list is the odd one


@pytest.mark.parametrize("stated", sorted(STATED))
async def test_nothing_is_called_all_that_is_a_part(stated: str) -> None:
    """Of 250 orders the first page is loaded."""
    session = FakeSession(OddClient(OddList(documents(250), STATED[stated], cap=50)))
    async with exploring(session, rows=50) as explored:
        said = " · ".join(fact.text for fact in explored.screen.query_one(FactsLine).facts)
        assert "50 loaded" in said or "50 of " in said
        assert "all 50" not in said
        assert "50 of 50" not in said


async def test_an_account_without_orders_and_without_a_total() -> None:
    """It asks once more before it says that there are none."""
    service = OddList([], STATED["absent"])
    async with exploring(FakeSession(OddClient(service)), rows=0) as explored:
        await explored.until(lambda: explored.screen.view.snapshot.complete)
        assert "no orders" in [fact.text for fact in explored.screen.query_one(FactsLine).facts]
    assert service.asked == [1, 2]
