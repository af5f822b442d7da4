"""A chooser whose choice is sent without a further question, so that it is a confirmation itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.widget import Widget
from textual.widgets import OptionList

from tui.app.dialogs.chooser import Choice, ChoiceList, Chooser
from tui.app.type_ahead_guard import Clock, TypeAheadGuard


class SendingChooser(Chooser, TypeAheadGuard[str | None]):
    """Accepts a choice only after it was visible, and no key was pressed, for a moment.

    Args:
        title: visible text.
        choices: visible texts.
        at: the id of the choice in use.
        clock: the clock, for tests.
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], *, at: str | None = None, clock: Clock = time.monotonic
    ) -> None:
        super().__init__(title, choices, at=at)
        self._clock = clock

    def first_focus(self) -> Widget:
        """The list."""
        return self.query_one(ChoiceList)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click before that is dropped."""
        if not self.accepts_keys:
            event.stop()
            event.prevent_default()
