"""A box to paste an order into."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.typed_line import TypedText
from tui.terminal.visible import visible

from .keys_line import Key, KeysLine
from .model.pasting import NotAnOrder, Pasted, read_pasted

WORDS = "JSON, or a curl command, which is read and not run. Keys in its headers are dropped."


class PasteBox(Modal[Pasted | None]):
    """Ends with what was pasted, or ``None``; what is no order stays to be mended."""

    CSS_PATH: ClassVar[str] = "../styles/form.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", priority=True),
        Binding("ctrl+s", "take", "Take", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """The account, and a text area in a box."""
        yield ScreenTitle()
        with Vertical(classes="form-box") as box:
            box.border_title = Content("Paste an order")
            yield Static(Content(WORDS), classes="remark")
            yield TypedText(soft_wrap=True, tab_behavior="focus")
            yield Static(Content(""), classes="fault")
            yield KeysLine((Key("ctrl+s", "take it", "screen.take"), Key("esc", "close", "screen.give_up")))

    def on_text_area_changed(self) -> None:
        """What was wrong is not said of another text."""
        self.query_one(".fault", Static).update(Content(""))

    def action_take(self) -> None:
        """Read what stands in the box."""
        try:
            pasted = read_pasted(self.query_one(TextArea).text)
        except NotAnOrder as reason:
            self.query_one(".fault", Static).update(Content(visible(f"! {reason}", limit=300)))
        else:
            self.dismiss(pasted)

    def action_give_up(self) -> None:
        """Nothing."""
        self.dismiss(None)
