"""The names of the sections in the room there is."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tui.app.panels.detail.detail_sections import TABS, TabStrip


class StripApp(App[None]):
    """A strip alone, that keeps what was chosen on it."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        """The strip."""
        yield TabStrip()

    def on_tab_strip_chosen(self, message: TabStrip.Chosen) -> None:
        """Keep it."""
        self.chosen.append(message.tab)


def shown(strip: TabStrip) -> str:
    """The line that the strip draws."""
    return "".join(segment.text for segment in strip.render_line(0)).rstrip()


@pytest.mark.parametrize("width", [34, 37, 45, 66, 90])
async def test_every_section_is_named_beside_a_table_of_any_width(width: int) -> None:
    """Bare numbers tell nobody what is behind them: they are for panes too narrow for any word."""
    app = StripApp()
    async with app.run_test(size=(width, 3)):
        words = shown(app.query_one(TabStrip))
        assert len(words) <= width
        for number, name in enumerate(TABS, 1):
            assert f"{number}{name[:3]}" in words.replace(" ", "")


@pytest.mark.parametrize("width", [20, 34, 37, 45, 66, 90])
async def test_a_click_chooses_the_name_under_the_pointer(width: int) -> None:
    """Each number of the line is where its section is chosen."""
    app = StripApp()
    async with app.run_test(size=(width, 3)) as pilot:
        words = shown(app.query_one(TabStrip))
        for number in range(1, len(TABS) + 1):
            await pilot.click(TabStrip, offset=(words.index(str(number)), 0))
        assert app.chosen == list(range(len(TABS)))
