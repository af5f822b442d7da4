"""Choosing the account to go on with."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.dialogs.chooser import Chooser
from tui.app.navigation import SwitchProfile
from tui.app.startup.switchable_profiles import SwitchableProfiles
from tui.settings.profile_lookup import resolve_profile

CONFIG = """\
[profiles.shop]
kind = "production"
region = "us"
app_id = "shop-id"
secret = "environment"

[profiles.torn]
kind = "sandbox"
region = "eu"
"""
ENVIRON = {"ORDEX_SHOP_APP_TOKEN": "canary"}


def profiles(folder: Path, text: str = CONFIG) -> SwitchableProfiles:
    """The built-in profiles, one that is complete and one that is not."""
    file = folder / "config.toml"
    file.write_text(text)
    file.chmod(0o600)
    return SwitchableProfiles(resolve_profile({}), ENVIRON, file)


def test_each_profile_says_what_it_is_without_its_token(tmp_path: Path) -> None:
    """Its kind in words, its rights, its address, and where its token lives; or why it cannot be used."""
    lines = {line.name: line for line in profiles(tmp_path).lines()}
    assert lines["shop"].about.startswith("PRODUCTION [R]  us1.api.voucherify.io  token: ")
    assert "canary" not in repr(lines)
    assert "application id" in lines["torn"].fault
    assert lines["sandbox"].about.startswith("sandbox [RW]  embedded sandbox")
    assert "VOUCHERIFY_APP_ID" in lines["environment"].fault


async def test_the_explorer_ends_with_the_profile_that_was_chosen(tmp_path: Path) -> None:
    """The cursor begins at the one in use; the choice is another one."""
    async with exploring(fake_session(3), profiles=profiles(tmp_path), size=(120, 40)) as explored:
        await explored.press("p")
        await explored.until(lambda: isinstance(explored.app.screen, Chooser))
        assert "sandbox (here)" in explored.text
        assert "PRODUCTION [R]  us1.api.voucherify.io" in explored.text
        await explored.press("down", "down", "enter")
        await explored.until(lambda: explored.app.return_value is not None)
        wish = explored.app.return_value
        assert isinstance(wish, SwitchProfile)
        assert (wish.profile.name, wish.profile.kind, wish.profile.read_only) == ("shop", "production", True)


async def test_the_profile_in_use_is_told_as_it_stands_now(tmp_path: Path) -> None:
    """An account that was unlocked for a time was still said to be read only, as it had begun."""
    session = fake_session(3)
    others = profiles(tmp_path)
    others = replace(others, current=replace(others.current, read_only=True))
    session.write_lock.open_for(900)
    async with exploring(session, profiles=others, size=(120, 40)) as explored:
        await explored.press("p")
        await explored.until(lambda: isinstance(explored.app.screen, Chooser))
        (line,) = [line for line in explored.text.splitlines() if "(here)" in line]
        assert re.search(r"sandbox \[RW 1\d:\d\d\]  embedded sandbox", line)
        assert "PRODUCTION [R]  us1.api.voucherify.io" in explored.text


async def test_a_profile_that_cannot_be_used_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """What is missing is said, and the orders stay."""
    async with exploring(fake_session(3), profiles=profiles(tmp_path), size=(120, 40)) as explored:
        await explored.press("p")
        await explored.until(lambda: isinstance(explored.app.screen, Chooser))
        await explored.press("G", "enter")
        await explored.until(lambda: any("application id" in n.message for n in explored.app._notifications))
        assert explored.app.return_value is None
        await explored.press("p")
        await explored.until(lambda: isinstance(explored.app.screen, Chooser))
        await explored.press("escape")
        assert explored.screen.view.snapshot.count == 3


async def test_a_faulty_settings_file_is_told(tmp_path: Path) -> None:
    """In words, with the line."""
    others = profiles(tmp_path, "[profiles.shop]\nkindd = 1\n")
    async with exploring(fake_session(3), profiles=others) as explored:
        await explored.press("p")
        await explored.until(lambda: any("kindd" in n.message for n in explored.app._notifications))
