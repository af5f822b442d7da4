"""The top line: what this is, whose orders they are, and what may be done to them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui.app.session import Session
from tui.terminal.visible import visible


class TitleBar(Horizontal):
    """Product, kind of account, profile, address. The kind is a word, so that it needs no colour."""

    def compose(self) -> ComposeResult:
        """Each part is a text of its own, so that each has its own colours."""
        yield Static(Content("Ordex"), id="product")
        yield Static(Content(""), id="kind")
        yield Static(Content("opening…"), id="profile")
        yield Static(Content(""), id="address")

    def show(self, session: Session) -> None:
        """Say where we are."""
        kind = self.query_one("#kind", Static)
        kind.update(Content(f" {session.kind.upper()} {'[R]' if session.read_only else '[RW]'} "))
        kind.set_class(session.kind == "production", "-production")
        kind.set_class(session.kind != "production", "-sandbox")
        self.query_one("#profile", Static).update(Content(visible(session.name, limit=40)))
        self.query_one("#address", Static).update(Content(visible(session.address, limit=80)))
