"""The explorer as it is put together for a profile."""

from __future__ import annotations

import time
from pathlib import Path

from tests.support.exploring import Exploring
from tests.support.loopback import Exchange, loopback
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile


async def test_a_rate_limit_that_is_waited_out_is_seen(tmp_path: Path) -> None:
    """The adapter's waits reach the status line: it only said that page 1 was read."""

    async def busy(exchange: Exchange) -> None:
        await exchange.answer(429, {"code": 429}, X_Rate_Limit_Retry=str(int(time.time()) + 15))

    async with loopback(busy) as server:
        environ = {
            "ORDEX_HOME": str(tmp_path),
            "VOUCHERIFY_APP_ID": "id",
            "VOUCHERIFY_APP_TOKEN": "token",
            "VOUCHERIFY_API_BASE_URL": server.url,
        }
        app = explorer_app(resolve_profile(environ), find_folders(environ), place=StartPlace())
        async with app.run_test(size=(80, 24)) as pilot:
            explored = Exploring(app, pilot, None)  # type: ignore[arg-type]
            await explored.until(lambda: "rate limit, trying again in" in explored.text)
            await explored.until(lambda: "reading page 1" in explored.text)
            assert "rate limit, trying again in" in explored.text


async def test_a_theme_that_is_not_there_and_a_faulty_one_are_told(tmp_path: Path) -> None:
    """Both were silent: the default theme simply was there."""
    environ = {"ORDEX_HOME": str(tmp_path)}
    folders = find_folders(environ)
    folders.themes.mkdir(parents=True)
    (folders.themes / "mine.toml").write_text("dark = maybe")
    app = explorer_app(resolve_profile(environ), folders, place=StartPlace(), theme="ordex-drak")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        explored = Exploring(app, pilot, None)  # type: ignore[arg-type]
        # Before the rows are there: on a busy machine the notes are gone by then.
        await explored.until(lambda: len(app._notifications) == 2)
        said = " ".join(note.message for note in app._notifications)
        await explored.rows(100)
        assert "no theme “ordex-drak”; did you mean “ordex-dark”?" in said
        assert "mine.toml: is not TOML" in said
