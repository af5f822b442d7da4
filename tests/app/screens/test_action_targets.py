"""Every action of the catalogue runs something: the explorer's controllers, the app, or the table."""

from __future__ import annotations

from operator import attrgetter

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Scope
from tui.app.bindings import command


async def test_every_target_is_a_method() -> None:
    """A target that no screen has would fail only when its key is pressed."""
    async with exploring(fake_session(1)) as explored:
        for action in CATALOGUE.values():
            if action.scope is Scope.ORDERS:
                assert callable(attrgetter(action.target)(explored.screen)), action.id
            elif action.scope is Scope.TABLE:
                assert callable(getattr(explored.screen.table, f"action_{action.id}")), action.id
            else:
                name = command(action).removeprefix("app.")
                assert callable(getattr(explored.app, f"action_{name}")), action.id


@pytest.mark.parametrize("scope", [Scope.EVERYWHERE, Scope.TABLE])
def test_only_the_explorer_has_targets(scope: Scope) -> None:
    """The app and the table have actions of these ids."""
    assert {action.target for action in CATALOGUE.values() if action.scope is scope} == {""}
