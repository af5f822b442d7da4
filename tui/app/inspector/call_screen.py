"""One call whole: all that is known of it, and its bodies as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions.api_calls import bodies
from tui.actions.masking import masked_call
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.app.widgets.json_tree import JsonTree

from .call_text import call_content, call_title

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall


class CallScreen(Modal[None]):
    """Closed when it was read."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/inspector.tcss"]
    AUTO_FOCUS = "JsonTree, #call"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close"),
        Binding("tab", "app.focus_next", show=False),
    ]

    def __init__(self, call: ApiCall) -> None:
        super().__init__()
        self._call = call
        self._bodies: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """Facts, bars and headers, then the bodies."""
        self._call = masked_call(self._call, masks_at(self))
        self._bodies = bodies(self._call)
        with Vertical(classes="mutation whole") as box:
            box.border_title = call_title(self._call)
            yield StandingLine()
            with VerticalScroll(id="call"):
                yield Static(Content(""), id="call-text")
            if self._bodies:
                yield JsonTree(id="bodies")
            keys = "enter folds · * unfolds all · tab the other part · " if self._bodies else ""
            yield Static(Content(f"{keys}esc close"), classes="keys")

    def on_mount(self) -> None:
        """Fill the tree."""
        if self._bodies:
            self.query_one(JsonTree).show(self._bodies)

    def on_resize(self, event: events.Resize) -> None:
        """The bars are as wide as there is room for."""
        text = call_content(self._call, width=event.size.width - 6)
        self.query_one("#call-text", Static).update(text)
