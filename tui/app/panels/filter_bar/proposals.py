"""The list of suggestions, over the table, at the place of the insertion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.terminal.cells import cell_width, cut
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.orders.filter import Suggestion

MOST_ROWS = 8
WIDEST = 76


@dataclass(frozen=True, slots=True)
class Proposal:
    """``text`` replaces the input from ``start`` to the cursor."""

    text: str
    start: int
    shown: str
    about: str = ""
    whole: bool = False
    """Whether the word is complete, so that a space may follow."""


def proposal_of(suggestion: Suggestion) -> Proposal:
    """A suggestion of the language, made visible."""
    return Proposal(
        suggestion.text,
        suggestion.start,
        visible(suggestion.display, limit=WIDEST),
        visible(suggestion.help, limit=WIDEST),
        whole=suggestion.kind in ("value", "date"),
    )


class Proposals(OptionList, can_focus=False):
    """Shows suggestions; the focus stays in the input. A click accepts a suggestion."""

    class Taken(Message):
        """One was clicked."""

        def __init__(self, proposal: Proposal) -> None:
            super().__init__()
            self.proposal = proposal

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, compact=True)
        self.proposals: Sequence[Proposal] = ()

    @property
    def chosen(self) -> Proposal | None:
        """The suggestion chosen with the arrows."""
        return None if self.highlighted is None else self.proposals[self.highlighted]

    def propose(self, proposals: Sequence[Proposal], *, column: int, above: int) -> None:
        """Show these, none chosen yet; nothing when there are none.

        Args:
            proposals: the likeliest first.
            column: the cell at which what they replace begins.
            above: how many lines there are above the bar.
        """
        rows = min(len(proposals), MOST_ROWS, above)
        self.proposals = proposals if rows > 0 else ()
        self.set_class(rows > 0, "-open")
        self.clear_options()
        if rows <= 0:
            return
        names = max(cell_width(proposal.shown) for proposal in proposals)
        width = max(cell_width(proposal.about) for proposal in proposals)
        width = min(WIDEST, self.screen.size.width - 2, names + (width + 2 if width else 0) + 3)
        self.add_options([Option(_prompt(proposal, names, width - 2)) for proposal in proposals])
        self.highlighted = None
        self.styles.width, self.styles.height = width, rows
        self.styles.offset = (max(0, min(column, self.screen.size.width - width)), -rows)

    def step(self, step: int) -> None:
        """Choose the next or the previous, round and round."""
        if self.proposals:
            at = self.highlighted
            first = 0 if step > 0 else -1
            self.highlighted = (first if at is None else at + step) % len(self.proposals)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        event.stop()
        self.post_message(self.Taken(self.proposals[event.option_index]))


def _prompt(proposal: Proposal, names: int, width: int) -> Content:
    shown = cut(proposal.shown, width)
    if not proposal.about:
        return Content(shown)
    room = width - names - 2
    about = cut(proposal.about, room) if room > 0 else ""
    return Content.assemble(shown, " " * (names - cell_width(shown) + 2), (about, "dim"))
