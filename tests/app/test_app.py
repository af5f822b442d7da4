"""The application around the explorer."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from textual.screen import ModalScreen
from textual.theme import Theme

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session
from tui.actions.catalogue import CATALOGUE
from tui.app.looks import STAND_INS, Looks


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


async def test_themes_are_registered_and_stepped_through() -> None:
    """Without a screen that chooses, the key goes to the next theme, and every theme draws."""

    def register(app: Any) -> None:
        app.register_theme(Theme("ours", primary="#ff0000", variables={"status-paid": "#00ff00"}))

    async with exploring(fake_session(5), looks=Looks(register=register, theme="ours")) as explored:
        assert explored.app.theme == "ours"
        assert explored.app.get_css_variables()["status-paid"] == "#00ff00"
        assert explored.app.get_css_variables()["muted"] != STAND_INS["muted"]
        await explored.press("t")
        assert explored.app.theme != "ours"


async def test_a_screen_that_chooses_themes_is_shown() -> None:
    """Whoever wires the application gives the screen."""

    class Choosing(ModalScreen[str | None]):
        """Stands in for the chooser."""

    async with exploring(fake_session(5), looks=Looks(choose=Choosing)) as explored:
        await explored.press("t")
        assert isinstance(explored.app.screen, Choosing)
