"""What each picture shows, as keys pressed one after the other, and how it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.pilot import Pilot
from textual.widgets import Input

from tui.app.app import OrdexApp
from tui.app.navigation import SwitchProfile, SwitchToRepl
from tui.app.screens.explorer import ExplorerScreen
from tui.app.startup.app_settings import AppSettings
from tui.app.textual_themes import DEFAULT_THEME
from tui.settings.themes import load_themes

from .drawing import draw, screen_lines
from .shop import open_shop

if TYPE_CHECKING:
    from rich.segment import Segment

FOLDER = Path(__file__).parent

PAUSE = 0.06
"""Seconds between two looks at the screen; longer than anything that the explorer puts off."""

FILTER = " ".join("space" if character == " " else character for character in "status:PAID amount>=100")

LOOKS_ALIKE, LOOKS_AT_MOST = 3, 500


@dataclass(frozen=True, slots=True)
class Scenario:
    """A picture: its file's name without ``.svg``, its title, and the keys that lead there.

    Each of ``keys`` is keys with spaces between; the screen comes to rest after each.
    """

    name: str
    title: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = DEFAULT_THEME

    @property
    def path(self) -> Path:
        """The file."""
        return FOLDER / f"{self.name}.svg"


AT_A_RICH_ORDER = "j " * 22
"""Down to an order with items, discounts of both levels, a redemption and metadata."""

SCENARIOS = (
    Scenario("explorer", "Ordex: orders, and the one under the cursor", (124, 36), (AT_A_RICH_ORDER,)),
    Scenario("detail", "An order's document", (100, 36), (AT_A_RICH_ORDER, "enter", "enter", "6 G", "enter")),
    Scenario(
        "light", "The light theme", (100, 36), (AT_A_RICH_ORDER, "enter", "enter", "2 j j"), "ordex-light"
    ),
    Scenario("contrast", "High contrast", (80, 24), (), "high-contrast"),
    Scenario("narrow", "80 by 24, at an order", (80, 24), (AT_A_RICH_ORDER, "enter")),
    Scenario("filter", "A filter over what is loaded", (100, 24), ("slash", FILTER)),
    Scenario("sort", "Choosing a column to sort by", (100, 30), ("s",)),
    Scenario("help", "Every key", (100, 40), ("question_mark",)),
)
"""Every picture there is."""


async def take(scenario: Scenario) -> str:
    """The picture as SVG; the same on every machine."""
    themes = load_themes().themes
    app = OrdexApp(open_shop, AppSettings(themes=themes, theme=scenario.theme))
    app.animation_level = "none"
    async with app.run_test(size=scenario.size) as pilot:
        await _settle(app, pilot)
        for keys in scenario.keys:
            await pilot.press(*keys.split())
            await _settle(app, pilot)
        lines = screen_lines(app)
    colors = themes[scenario.theme].colors
    return draw(lines, title=scenario.title, foreground=colors["foreground"], background=colors["background"])


async def _settle(app: OrdexApp, pilot: Pilot[SwitchToRepl | SwitchProfile]) -> None:
    """Wait until the rows are there and the screen has looked the same for a while."""
    explorer = app.screen_stack[0]
    before: list[list[Segment]] = []
    alike = 0
    for _ in range(LOOKS_AT_MOST):
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause(PAUSE)
        lines = screen_lines(app)
        ready = (
            isinstance(explorer, ExplorerScreen) and explorer.view.snapshot.count and not app.workers._workers
        )
        alike = alike + 1 if ready and lines == before else 0
        if alike == LOOKS_ALIKE:
            return
        before = lines
    raise TimeoutError("the screen did not come to rest")
