"""A key that comes twice before its screen is there opens one screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.changing import changing, shop
from tests.support.jobs_app import with_jobs
from tests.support.sandbox import an_order
from tui.app.screens.explorer import ExplorerScreen
from tui.app.startup.switchable_profiles import SwitchableProfiles
from tui.settings.profile_lookup import resolve_profile

KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}


async def twice(explored: Any, action: str) -> int:
    """Do an action twice before anything else is heard; how many screens it led to, once all is at rest."""
    explorer = explored.app.screen
    assert isinstance(explorer, ExplorerScreen)
    await explorer.action_perform(action)
    await explorer.action_perform(action)
    await explored.until(lambda: explored.app.screen is not explorer)
    await explored.until(lambda: getattr(explored.app.screen, "accepts_keys", True))
    for _ in range(5):
        await explored.pilot.pause(0.02)
    return len(explored.app.screen_stack) - 1


@pytest.mark.parametrize("action", ["import_orders", "export_orders", "profile", "unlock"])
async def test_one_screen_of_the_jobs_and_the_account(action: str, tmp_path: Path) -> None:
    """Two lay on each other, and esc seemed to do nothing."""
    production: dict[str, Any] = {"kind": "production", "read_only": True} if action == "unlock" else {}
    async with with_jobs([an_order(1)], tmp_path, **production) as opened:
        profile = resolve_profile(KEYS)
        opened.explored.screen.account.profiles = SwitchableProfiles(profile, KEYS, tmp_path / "config.toml")
        assert await twice(opened.explored, action) == 1
        await opened.press("escape")
        await opened.browses()
        assert await twice(opened.explored, action) == 1  # the key is heard again afterwards


@pytest.mark.parametrize("action", ["new", "edit", "status", "journal"])
async def test_one_screen_of_a_change(action: str, tmp_path: Path) -> None:
    """Two forms would be two orders."""
    async with changing(shop(), tmp_path) as changed:
        assert await twice(changed.explored, action) == 1
