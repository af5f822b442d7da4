"""Conflicting changes of the same fields: the user chooses a side for each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.actions.changes.plan_text import name_of
from tui.app.dialogs.chooser import ChoiceList
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.type_ahead_guard import Clock
from tui.orders.changes import Conflict, Side, describe_value
from tui.orders.paths import Path, format_path
from tui.terminal.cells import fit
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.jobs.changes.plans import UpdatePlan

WHOLE = 400
"""Most characters of a value shown below the list."""


class ConflictScreen(QuestionDialog[dict[Path, Side] | None]):
    """Closes with a side for every conflict, or ``None``."""

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "choose('mine')", "Mine"),
        Binding("t", "choose('theirs')", "Theirs"),
        Binding("escape", "decline", "Back"),
    ]

    def __init__(self, plan: UpdatePlan, *, clock: Clock = time.monotonic) -> None:
        super().__init__(clock=clock)
        self._name = visible(name_of(plan), limit=60)
        self._conflicts = plan.conflicts
        self._chosen: dict[Path, Side] = {}

    def compose(self) -> ComposeResult:
        """The fields, the selected one in full, the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(f"Someone else changed {self._name} too")
            yield Static(Content(""), id="columns")
            yield ChoiceList(*self._options())
            yield Static(Content(""), id="whole")
            keys = "m mine · t theirs · enter continue · esc back, send nothing"
            yield Static(Content(keys), classes="keys")

    def first_focus(self) -> Widget:
        """The list."""
        return self.query_one(ChoiceList)

    def on_resize(self, event: Resize) -> None:
        """Lay out the columns for the new width."""
        del event
        self._draw()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the values of the selected field in full."""
        event.stop()
        self.call_after_refresh(self._show_whole, event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close if every field has a side, else go to the next one without."""
        event.stop()
        left = [at for at, conflict in enumerate(self._conflicts) if conflict.path not in self._chosen]
        if not left:
            self.dismiss(dict(self._chosen))
            return
        self.query_one(ChoiceList).highlighted = left[0]
        self.query_one("#columns", Static).update(Content(f"{len(left)} still to choose: m mine, t theirs"))

    def action_choose(self, side: Side) -> None:
        """Choose a side for the selected field and go to the next."""
        at = self.query_one(ChoiceList).highlighted
        if at is not None:
            self._chosen[self._conflicts[at].path] = side
            self._draw()
            self.query_one(ChoiceList).highlighted = min(at + 1, len(self._conflicts) - 1)

    def _draw(self) -> None:
        listed = self.query_one(ChoiceList)
        at = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = at
        self.query_one("#columns", Static).update(self._line("field", "was", "mine", "theirs"))

    def _options(self) -> list[Option]:
        return [Option(self._prompt(conflict)) for conflict in self._conflicts]

    def _prompt(self, conflict: Conflict) -> Content:
        side = self._chosen.get(conflict.path)
        was, mine, theirs = values(conflict, 200)
        signs = {"mine": ("● ", "○ "), "theirs": ("○ ", "● "), None: ("○ ", "○ ")}[side]
        return self._line(
            visible(format_path(conflict.path), limit=80), was, signs[0] + mine, signs[1] + theirs
        )

    def _line(self, *cells: str) -> Content:
        width = max(8, (min(self.size.width, 110) - 12) // 4)
        return Content("  ".join(fit(cell, width) for cell in cells))

    def _show_whole(self, at: int) -> None:
        conflict = self._conflicts[at]
        was, mine, theirs = values(conflict, WHOLE)
        field = visible(format_path(conflict.path), limit=200)
        text = f"{field}\n  was     {was}\n  mine    {mine}\n  theirs  {theirs}"
        self.query_one("#whole", Static).update(Content(text))


def values(conflict: Conflict, limit: int) -> tuple[str, str, str]:
    """The three values, made visible."""
    was, mine, theirs = (
        visible(describe_value(conflict.path, value), limit=limit)
        for value in (conflict.base, conflict.mine, conflict.theirs)
    )
    return was, mine, theirs
