"""A small app around the detail pane, with the built-in themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.pilot import Pilot

import tui.app
from tui.app.panels.detail.detail_bars import StatusLine
from tui.app.panels.detail.order_detail import DELAY, OrderDetail
from tui.app.textual_themes import register_themes, variable_defaults
from tui.orders.order import Order
from tui.settings.themes import load_themes

STYLES = Path(tui.app.__file__).parent / "styles"


class DetailApp(App[None]):
    """Shows one order and keeps what the pane says."""

    CSS_PATH: ClassVar[list[Any]] = [STYLES / "detail.tcss"]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, order: Order | None = None, theme: str = "ordex-dark") -> None:
        super().__init__()
        self.said: list[Any] = []
        self._first = order
        register_themes(self, load_themes().themes)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, before a theme is set."""
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        """Nothing but the pane."""
        yield OrderDetail()

    def on_mount(self) -> None:
        """Show the first order with the focus in it."""
        self.detail.show(self._first)
        self.detail.focus()

    @property
    def detail(self) -> OrderDetail:
        """The pane."""
        return self.query_one(OrderDetail)

    def on_order_detail_copied(self, event: OrderDetail.Copied) -> None:
        """Keep the message."""
        self.said.append((event.label, event.text))

    def on_order_detail_customer_chosen(self, event: OrderDetail.CustomerChosen) -> None:
        """Keep the message."""
        self.said.append(event.customer_id)

    def screen_text(self) -> str:
        """What is on the screen, line by line."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def settled(pilot: Pilot[None], *keys: str) -> str:
    """Let the pane come to rest, press keys, and read the screen."""
    app = pilot.app
    assert isinstance(app, DetailApp)
    while app.detail._resting is not None:
        await pilot.pause(DELAY)
    await pilot.press(*keys)
    await pilot.pause()
    return app.screen_text()


def status(app: DetailApp) -> str:
    """The pane's last line."""
    return app.query_one(StatusLine).text
