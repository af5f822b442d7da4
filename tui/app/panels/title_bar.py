"""The top line: what this is, whose orders they are, and what may be done to them."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.app.session import Session
from tui.terminal.visible import visible


class TitleBar(Widget):
    """Product, kind of account, profile, address. The kind is a word, so that it needs no colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "title--product",
        "title--sandbox",
        "title--production",
        "title--address",
    }

    session: reactive[Session | None] = reactive[Session | None](None)
    """Where we are; ``None`` until it is open."""

    def render(self) -> Content:
        """One line."""
        product = ("Ordex", self.get_visual_style("title--product"))
        session = self.session
        if session is None:
            return Content.assemble(product)
        kind = "title--production" if session.kind == "production" else "title--sandbox"
        return Content.assemble(
            product,
            "  ",
            (
                f"{session.kind.upper()} {'[R]' if session.read_only else '[RW]'}",
                self.get_visual_style(kind),
            ),
            f"  {visible(session.name, limit=40)}  ",
            (visible(session.address, limit=80), self.get_visual_style("title--address")),
        )
