"""The application around the explorer."""

from __future__ import annotations

import subprocess
import sys

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session
from tui.actions.catalogue import CATALOGUE
from tui.app.textual_themes import DEFAULT_THEME


def test_the_import_leaves_the_heavy_parts_for_later() -> None:
    """Neither HTTP nor models nor the sandbox are read in before the first paint."""
    code = (
        "import sys, tui.app.app;"
        "print([n for n in ('httpx', 'pydantic', 'starlette', 'prompt_toolkit', 'click', 'wcwidth')"
        " if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_session_is_opened_after_the_first_paint() -> None:
    """The screen is there before anything is asked for."""
    painted: list[bool] = []
    session = fake_session(5)

    async def open_session() -> FakeSession:
        painted.append("Status" in explored.text)
        return session

    async with exploring(session, rows=0, open_session=open_session) as explored:
        await explored.rows(5)
    assert painted == [True]


async def test_every_key_can_be_rebound_by_the_id_of_its_action() -> None:
    """A keymap moves an action to another key."""
    async with exploring(fake_session(5)) as explored:
        explored.app.set_keymap({"cursor_down": "n"})
        await explored.press("n")
        assert explored.screen.table.cursor_index == 1
        bound = {binding.id for _, binding in explored.screen._bindings}
        assert {"sort", "filter"} <= bound
        assert bound <= {*CATALOGUE, None}


async def test_a_theme_is_previewed_and_can_be_put_back() -> None:
    """T shows each theme as the cursor moves; esc puts back what there was."""
    async with exploring(fake_session(5), theme="ordex-light") as explored:
        assert explored.app.theme == "ordex-light"
        await explored.press("t", "down")
        assert explored.app.theme != "ordex-light"
        await explored.press("escape")
        assert explored.app.theme == "ordex-light"


async def test_an_unknown_theme_is_the_default_one() -> None:
    """A theme that was removed does not keep the program from opening."""
    async with exploring(fake_session(5), theme="no-such-theme") as explored:
        assert explored.app.theme == DEFAULT_THEME
