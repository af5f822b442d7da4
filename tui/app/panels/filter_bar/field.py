"""The line that is typed in, with the colours of the language."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.app.widgets.safe_input import MaskedInput

LONGEST = 2000
"""Characters of a filter."""

KINDS = ("field", "operator", "value", "number", "date", "string", "word", "keyword", "group", "error")


class FilterField(MaskedInput):
    """An input that colours what is typed and hands the bar's keys to the bar.

    ``blamed`` is whether the fault is coloured: not while the input may still become valid.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"filter--{kind}" for kind in KINDS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "ask('take')", "Accept the suggestion"),
        Binding("down", "ask('next')", "Next suggestion, or newer filter"),
        Binding("up", "ask('previous')", "Previous suggestion, or earlier filter"),
        Binding("ctrl+r", "ask('history')", "Filters of this session"),
        Binding("f1", "ask('help')", "The filter language; ? on the empty bar too"),
        Binding("escape", "stop_choosing", "Stop choosing"),
    ]

    class Asked(Message):
        """One of the bar's keys: ``take``, ``next``, ``previous``, ``history``, ``stop`` or ``help``."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(
            placeholder="words, or conditions such as status:paid amount>=100",
            id=id,
            compact=True,
            select_on_focus=False,
            max_length=LONGEST,
            highlighter=_Colours(self),
        )
        self.blamed = False
        self.choosing = False

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are one filter: a line end is white space, as in the language."""
        event.stop()
        event.prevent_default()
        text = " ".join(line.strip() for line in event.text.splitlines() if line.strip())
        if text:
            start, end = sorted(self.selection)
            self.replace(text, start, end)

    def action_ask(self, what: str) -> None:
        """Hand a key to the bar."""
        self.post_message(self.Asked(what))

    def action_stop_choosing(self) -> None:
        """Close the suggestions."""
        self.post_message(self.Asked("stop"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """``esc`` is the screen's unless a proposal is being chosen."""
        return self.choosing if action == "stop_choosing" else super().check_action(action, parameters)

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            self.action_ask("help")


class _Colours(Highlighter):
    """Colours by the kinds of the language."""

    def __init__(self, field: FilterField) -> None:
        self._field = field

    def highlight(self, text: Text) -> None:
        from tui.orders.filter import highlight

        for span in highlight(text.plain):
            kind = "word" if span.kind == "error" and not self._field.blamed else span.kind
            text.stylize(
                self._field.get_component_rich_style(f"filter--{kind}", partial=True), span.start, span.end
            )
