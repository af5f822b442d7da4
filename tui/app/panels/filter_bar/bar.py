"""The bar itself: it knows the last text, what is wrong with it, and the filters of this session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from tui.app.masking import masks_at
from tui.app.panels.filter_bar.local_filter import local_filter
from tui.orders.orders_snapshot import LocalFilter
from tui.terminal.cells import cell_width
from tui.terminal.visible import visible

from .fault_line import fault_line
from .field import FilterField
from .proposals import Proposal, Proposals, proposal_of

if TYPE_CHECKING:
    from tui.orders.filter import FilterError
    from tui.orders.filter.completion import SeenValues
    from tui.orders.order import Order

PATIENCE = 0.15
"""Seconds before a fault is shown: the next key corrects most of them."""

LEARNT_AT_ONCE = 50
"""Orders whose values are read at once, so that no key waits for them."""

HINT = "tab take · ↑↓ choose · ctrl+r earlier filters · ? help · enter done · esc undo"


class FilterBar(Vertical):
    """Tells every good filter as it is typed. Hidden until it is opened."""

    class Typed(Message):
        """The text changed. ``wanted`` is its filter, ``faulty`` whether the text is invalid."""

        def __init__(self, text: str, wanted: LocalFilter | None, *, faulty: bool = False) -> None:
            super().__init__()
            self.text = text
            self.wanted = wanted
            self.faulty = faulty

    class Kept(Message):
        """Enter: the filter stays and the keyboard goes back to the table."""

    def __init__(self) -> None:
        super().__init__()
        self._error: FilterError | None = None
        self._blame: Timer | None = None
        self._seen: SeenValues | None = None
        self._to_learn: list[Order] = []
        self._history: list[str] = []
        self._at: int | None = None

    def compose(self) -> ComposeResult:
        """A sign, the text, and below it the fault; the suggestions are above."""
        yield Proposals(id="filter-proposals")
        with Horizontal(id="filter-line"):
            yield Static(Content("/"), id="filter-sign")
            yield FilterField(id="filter-text")
        yield Static(Content(HINT), id="filter-fault")

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.has_class("-open")

    @property
    def field(self) -> FilterField:
        """Where it is typed."""
        return self.query_one(FilterField)

    def open(self, text: str, orders: Iterable[Order] = ()) -> None:
        """Show the bar with a text in it, ready for typing; the orders' values are suggested."""
        self.add_class("-open")
        self.learn(orders)
        field = self.field
        with self.prevent(FilterField.Changed):
            field.value = text
        field.cursor_position = len(text)
        self._judge(text)
        # At once, not by way of the queue: keys that come right behind must not reach the table.
        self.screen.set_focus(field)

    def close(self, *, remember: bool = True) -> None:
        """Close the bar; keep the text among the earlier filters if it is valid."""
        if remember:
            self._remember()
        self._stop_blaming()
        self._propose(())
        self.remove_class("-open")

    def learn(self, orders: Iterable[Order]) -> None:
        """Take the values that these orders hold, little by little."""
        from tui.orders.filter.completion import SeenValues

        if self._seen is None:
            self._seen = SeenValues()
        idle = not self._to_learn
        self._to_learn = self._seen.unseen(orders)
        if idle:
            self._learn_some()

    @property
    def history(self) -> tuple[str, ...]:
        """The filters of this account, the newest last."""
        return tuple(self._history)

    def remember(self, text: str) -> None:
        """Keep a filter among those of this account, the newest last."""
        if text.strip():
            self._history = [known for known in self._history if known != text] + [text]

    def on_input_changed(self, event: FilterField.Changed) -> None:
        """Check the new text, and suggest what could come next."""
        event.stop()
        wanted = self._judge(event.value)
        self.post_message(self.Typed(event.value, wanted, faulty=self._error is not None))
        if event.value not in self._history:
            self._at = None
        self._propose(self._next_proposals() if self.field.has_focus else ())

    def on_input_submitted(self, event: FilterField.Submitted) -> None:
        """Accept the chosen suggestion, show the fault, or apply the filter."""
        event.stop()
        if self.field.choosing:
            self._take()
        elif self._error is not None:
            self._propose(())
            self._say_fault()
        else:
            self.post_message(self.Kept())

    def on_proposals_taken(self, message: Proposals.Taken) -> None:
        """A proposal was clicked."""
        self._put(message.proposal)

    def on_filter_field_asked(self, message: FilterField.Asked) -> None:
        """A key of the bar was pressed."""
        match message.what:
            case "take":
                self._take()
            case "next":
                self._step(1)
            case "previous":
                self._step(-1)
            case "history":
                self._propose(self._earlier(), column=0)
            case "stop":
                self._propose(())
            case _:
                self.call_later(self.app.run_action, "app.perform('filter_help')")

    def _judge(self, text: str) -> LocalFilter | None:
        """Compile the text; blame it, after a while, only for what cannot become right any more."""
        from tui.orders.filter import FilterError
        from tui.orders.filter.highlight import is_filter_prefix

        self._stop_blaming()
        try:
            wanted = local_filter(text)
        except FilterError as error:
            self._error = error
            if not is_filter_prefix(text):
                self._blame = self.set_timer(PATIENCE, self._say_fault)
            return None
        self._error = None
        return wanted

    def _stop_blaming(self) -> None:
        if self._blame is not None:
            self._blame.stop()
            self._blame = None
        self.field.blamed = False
        self._say(HINT, fault=False)

    def _say_fault(self) -> None:
        if self._error is not None:
            line = self.query_one("#filter-fault", Static)
            start = self.field.region.x - line.region.x - int(self.field.scroll_offset.x)
            self.field.blamed = True
            self.field.refresh()
            self._say(fault_line(self._error, width=line.content_size.width, start=start), fault=True)

    def _say(self, text: str, *, fault: bool) -> None:
        line = self.query_one("#filter-fault", Static)
        line.set_class(fault, "-fault")
        line.update(Content(text))

    def _next_proposals(self) -> Sequence[Proposal]:
        """The suggestions at the cursor, unless no word was started."""
        text, cursor = self.field.value, self.field.cursor_position
        if not text[:cursor].strip() or text[cursor - 1].isspace():
            return ()
        typed = self._completed()
        exact = len(typed) == 1 and text[typed[0].start : cursor] == typed[0].text
        return () if exact else typed

    def _completed(self) -> list[Proposal]:
        from tui.orders.filter import complete

        text, cursor = self.field.value, self.field.cursor_position
        values: Mapping[str, Sequence[str]] = self._seen if self._seen is not None else {}
        masks = masks_at(self)
        if masks.on:
            from tui.orders.privacy.unmasked_values import UnmaskedValues

            values = UnmaskedValues(values, masks)
        return [proposal_of(each) for each in complete(text, cursor, values=values, now=datetime.now(UTC))]

    def _earlier(self) -> list[Proposal]:
        wanted = self.field.value.strip().casefold()
        found = [text for text in reversed(self._history) if wanted in text.casefold()]
        return [Proposal(text, 0, visible(text, limit=200)) for text in found]

    def _propose(self, proposals: Sequence[Proposal], *, column: int | None = None) -> None:
        self.field.choosing = False
        if column is None and proposals:
            before = self.field.value[: proposals[0].start]
            column = self.field.region.x + cell_width(before) - int(self.field.scroll_offset.x) - 1
        self.query_one(Proposals).propose(proposals, column=column or 0, above=self.region.y)

    def _step(self, step: int) -> None:
        listed = self.query_one(Proposals)
        if listed.proposals:
            listed.step(step)
            self.field.choosing = True
        elif step < 0 or self._at is not None:
            self._recall(step)

    def _recall(self, step: int) -> None:
        """The filter before or after in this session; past the newest is an empty bar."""
        at = (len(self._history) if self._at is None else self._at) + step
        if 0 <= at <= len(self._history):
            text = self._history[at] if at < len(self._history) else ""
            self._at = at if text else None
            self._replace(text)

    def _take(self) -> None:
        listed = self.query_one(Proposals)
        mended = self._error.mended() if self._error is not None and self.field.blamed else None
        if listed.proposals:
            self._put(listed.chosen or listed.proposals[0])
        elif mended is not None:
            self._replace(mended)
        else:
            self._propose(self._completed())

    def _put(self, proposal: Proposal) -> None:
        text, cursor = self.field.value, self.field.cursor_position
        rest = text[cursor:]
        gap = " " if proposal.whole and not rest.startswith(" ") else ""
        head = text[: proposal.start] + proposal.text + gap
        self._replace(head + rest, len(head))

    def _replace(self, text: str, cursor: int | None = None) -> None:
        self.field.value = text
        self.field.cursor_position = len(text) if cursor is None else cursor
        self.field.focus()

    def _remember(self) -> None:
        if self._error is None:
            self.remember(self.field.value)

    def _learn_some(self) -> None:
        some, self._to_learn = self._to_learn[:LEARNT_AT_ONCE], self._to_learn[LEARNT_AT_ONCE:]
        if self._seen is not None and some:
            self._seen.add(some)
            self.set_timer(0.02, self._learn_some)
