"""The top line: it tells whose orders are at stake before they are read, and on each screen over them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import FakeSession, fake_session
from tests.support.jobs_app import with_jobs
from tests.support.sandbox import an_order
from tui.actions.session import SessionInfo
from tui.app.jobs.jobs_screen import JobsScreen
from tui.app.panels.problem import Problem
from tui.app.panels.title_bar import ScreenTitle, TitleBar
from tui.app.startup.switchable_profiles import SwitchableProfiles
from tui.settings.profile_lookup import resolve_profile
from tui.settings.setting_errors import SettingsError
from tui.voucherify.errors import Unauthorized, Unreachable
from tui.voucherify.write_lock import WriteLock

LONG = {"VOUCHERIFY_API_BASE_URL": "https://orders.eu-central.example-shop.internal"}
KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}
PRODUCTION = resolve_profile(KEYS)
HEAD = " Ordex  ! PRODUCTION [R] !  environment  api.voucherify.io"


def top(explored: Exploring) -> str:
    """The first line of the screen."""
    return explored.text.splitlines()[0]


async def test_the_account_is_told_before_and_without_a_session(tmp_path: Path) -> None:
    """The line was empty: at a fault nobody saw which account it was. The panel names the way out."""

    async def fail() -> FakeSession:
        raise SettingsError("the token cannot be read")

    async with exploring(
        fake_session(1),
        open_session=fail,
        rows=0,
        expected=SessionInfo(PRODUCTION, WriteLock(read_only=True)),
        profiles=SwitchableProfiles(PRODUCTION, KEYS, tmp_path / "config.toml"),
    ) as explored:
        assert top(explored).startswith(HEAD)
        assert explored.app.has_class("-production")
        await explored.until(lambda: "r try again · p another profile · esc close" in explored.text)
        assert top(explored).startswith(HEAD)
        await explored.press("p")
        await explored.until(lambda: "The orders on the screen are closed first" in explored.text)


async def test_the_way_out_is_named_at_the_start_only(tmp_path: Path) -> None:
    """Keys that are refused are a reason to go; not a page that failed later, nor where there is no other."""
    others = SwitchableProfiles(PRODUCTION, KEYS, tmp_path / "config.toml")
    session = fake_session(3)
    session.client.fail = Unauthorized(401)
    async with exploring(session, rows=0, profiles=others) as explored:
        await explored.until(lambda: "p another profile" in explored.text)
        await explored.press("r")
        await explored.rows(3)
        session.client.fail = Unreachable()
        await explored.press("r")
        await explored.until(lambda: explored.screen.query_one(Problem).is_open)
        assert "another profile" not in explored.text
    there_is_none = SwitchableProfiles(resolve_profile({}), {}, tmp_path / "config.toml", there_are=False)
    session.client.fail = Unreachable()
    async with exploring(session, rows=0, profiles=there_is_none) as explored:
        await explored.until(lambda: "r try again · esc close" in explored.text)


async def test_a_screen_over_the_orders_tells_the_account_as_it_is(tmp_path: Path) -> None:
    """Its title said “Jobs” alone; who unlocks while it is up sees that, and it heeds nothing afterwards."""
    orders = [an_order(number) for number in range(3)]
    async with with_jobs(orders, tmp_path, kind="production", read_only=True) as shop:
        explored, lock = shop.explored, shop.account.write_lock
        heeding = len(lock._listeners)
        await shop.press("J")
        await shop.shows(JobsScreen)
        assert top(explored).startswith(" ! PRODUCTION [R] !  shop  Jobs  ")
        assert top(explored).endswith("! PRODUCTION [R] !")
        lock.open_for(900)
        await explored.until(lambda: "! PRODUCTION [RW 15:00] !  shop  Jobs" in top(explored))
        assert len(lock._listeners) == heeding + 1
        await shop.press("escape")
        await explored.until(lambda: len(lock._listeners) == heeding)


async def test_without_an_account_the_title_is_left() -> None:
    """A screen by itself knows of none."""

    class Alone(App[None]):
        def compose(self) -> ComposeResult:
            yield ScreenTitle("New order")

    app = Alone()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert app.query_one(ScreenTitle).render().plain == "New order"


@pytest.mark.parametrize(("columns", "name"), [(80, "a" * 40), (60, "日本の店舗本番環境"), (50, "shop")])
async def test_production_fills_the_line_also_where_its_end_has_no_room(columns: int, name: str) -> None:
    """The line that is turned around stopped behind the words."""
    profile = replace(resolve_profile({**KEYS, **LONG}), name=name)

    class Headed(App[None]):
        def compose(self) -> ComposeResult:
            yield TitleBar(SessionInfo(profile, WriteLock(read_only=True)))
            yield ScreenTitle("Request inspector")

    app = Headed()
    async with app.run_test(size=(columns, 3)) as pilot:
        await pilot.pause()
        for bar in app.query(TitleBar):
            bar.opened = app.query(TitleBar).first().opened
            assert bar.render().cell_length >= columns


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        (100, "Ordex  ! PRODUCTION [RW 15:00] !  environment  orders.eu-central.example…"),
        (90, "Ordex  ! PRODUCTION [RW 15:00] !  environment  orders.eu-centr…"),
        (80, "Ordex  ! PRODUCTION [RW 15:00] !  environment"),
    ],
)
async def test_a_long_address_gives_way_to_what_it_must_not_hide(columns: int, left: str) -> None:
    """At 80 columns a long address, or the time that is left, pushed the second badge off the line."""
    lock = WriteLock(read_only=True)
    lock.open_for(900)

    class Headed(App[None]):
        def compose(self) -> ComposeResult:
            yield TitleBar(SessionInfo(resolve_profile({**KEYS, **LONG}), lock))

    app = Headed()
    async with app.run_test(size=(columns, 3)) as pilot:
        await pilot.pause()
        shown = app.query_one(TitleBar).render().plain
    assert len(shown) == columns
    assert shown.startswith(left + "  ")
    assert shown.endswith("  ! PRODUCTION [RW 15:00] !")
