"""Every action of the catalogue runs something: the explorer's controllers, the app, or the table."""

from __future__ import annotations

from operator import attrgetter

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Scope, always


async def test_every_target_is_a_method() -> None:
    """A target that no screen has would fail only when its key is pressed."""
    async with exploring(fake_session(1)) as explored:
        for action in CATALOGUE.values():
            if action.scope is Scope.TABLE:
                assert callable(
                    getattr(explored.screen.table, f"action_{action.target.partition('(')[0]}")
                ), action.id
            else:
                owner = explored.app if action.scope is Scope.EVERYWHERE else explored.screen
                assert callable(attrgetter(action.target)(owner)), action.id


def test_what_works_everywhere_is_always_available() -> None:
    """Before the session is open too: the app asks nothing before it runs one of these."""
    assert {a.unavailable for a in CATALOGUE.values() if a.scope is Scope.EVERYWHERE} == {always}
