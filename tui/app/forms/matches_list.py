"""The values seen before that fit what is typed, below their field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.terminal.visible import visible

from .model.seen import SeenValue


class MatchesList(OptionList):
    """A few lines; enter or a click takes one, up from the first and esc go back to the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up_or_back", "Up", show=False),
        Binding("escape", "back", "Back", show=False),
    ]

    class Left(Message):
        """Nothing was taken."""

    class Taken(Message):
        """A value was taken."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._offered: Sequence[SeenValue] = ()

    @property
    def offered(self) -> Sequence[SeenValue]:
        """What stands in the list."""
        return self._offered

    def offer(self, values: Sequence[SeenValue]) -> None:
        """Show other values; none hides the list."""
        self.display = bool(values)
        if values == self._offered:
            return
        self._offered = values
        self.clear_options()
        self.add_options([Option(_prompt(value)) for value in values])

    def action_up_or_back(self) -> None:
        """One line up, or back to the field."""
        if self.highlighted in (None, 0):
            self.post_message(self.Left())
        else:
            self.action_cursor_up()

    def action_back(self) -> None:
        """Back to the field."""
        self.post_message(self.Left())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take that one."""
        event.stop()
        self.post_message(self.Taken(self._offered[event.option_index].text))


def _prompt(value: SeenValue) -> Content:
    text = visible(value.text, limit=80)
    return (
        Content.assemble(text, (f"   {visible(value.remark, limit=80)}", "dim"))
        if value.remark
        else Content(text)
    )
