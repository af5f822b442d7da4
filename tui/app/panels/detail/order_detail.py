"""The detail pane: heading, six sections, search, and the path of the selected field."""

from __future__ import annotations

from typing import ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.app.masking import masks_at, shown_order
from tui.app.panels.key_hints import KeyHint
from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line_list import LineList
from tui.orders.amounts import DECIMALS
from tui.orders.order import Order
from tui.orders.paths import Path, value_at

from .detail_bars import CopyBar, FindBar, NothingToCopy, StatusLine, copied_text, leaves_escaped
from .detail_heading import Heading
from .detail_sections import JSON, METADATA, SUMMARY, TABS, TabStrip, fill_section, section_counts
from .section_rows import SectionList
from .unmasked_field import UnmaskedField

DELAY = 0.05
"""Seconds that the cursor must rest on an order before its sections are built."""


class OrderDetail(Widget):
    """One order in full.

    ``show`` is cheap: the heading changes at once, the visible section after a short delay, the others when
    they are opened. The pane posts what to copy and does not copy itself.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(at + 1), f"tab({at})", name, show=False) for at, name in enumerate(TABS)),
        Binding("right,l", "turn_to(1)", "Next section", show=False),
        Binding("left,h", "turn_to(-1)", "Previous section", show=False),
        Binding("slash", "find", "Find in order"),
        Binding("n", "next_match(1)", "Next match"),
        Binding("N", "next_match(-1)", "Previous match", show=False),
        Binding("y", "choose_copy", "Copy"),
        Binding("escape", "forget", "Stop finding", show=False),
    ]

    class CustomerChosen(Message):
        """Enter on a customer or referrer: show their orders."""

        def __init__(self, customer_id: str) -> None:
            super().__init__()
            self.customer_id = customer_id

    class Copied(Message):
        """Something is to be copied; ``label`` describes it as safe text."""

        def __init__(self, label: str, text: str) -> None:
            super().__init__()
            self.label = label
            self.text = text

    def __init__(
        self,
        *,
        decimals: int = DECIMALS,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._decimals = decimals
        self._order: Order | None = None
        self._tab = SUMMARY
        self._filled: dict[int, Order | None] = {}
        self._sections: dict[int, SectionList | JsonTree] = {}
        self._needle = ""
        self._resting: Timer | None = None
        self._shown: tuple[int, Order, Order] | None = None

    def compose(self) -> ComposeResult:
        """The heading, the tabs, the section, the lines below."""
        yield Heading()
        yield TabStrip()
        for tab in range(len(TABS)):
            section = JsonTree() if tab in (METADATA, JSON) else SectionList()
            section.display = tab == self._tab
            self._sections[tab] = section
            yield section
        yield UnmaskedField()
        yield FindBar()
        yield CopyBar()
        yield StatusLine()

    def on_mount(self) -> None:
        """Hide the search and the copy bar."""
        self.query_one(FindBar).display = False
        self.query_one(CopyBar).display = False
        self._fill()

    # Showing.

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """Key hints, first those that the table does not have."""
        tree = self._tab in (METADATA, JSON)
        return (
            KeyHint("1–6", "tabs"),
            KeyHint("enter", "fold" if tree else "follow"),
            KeyHint("/", "find"),
            KeyHint("y", "copy"),
            KeyHint("tab", "back to the table"),
            *((KeyHint("n", "next match"),) if self._needle else ()),
            KeyHint("e", "edit"),
        )

    @property
    def order(self) -> Order | None:
        """The shown order."""
        return self._order

    def show(self, order: Order | None) -> None:
        """Show an order, or none; a newer call replaces a pending one."""
        if order is self._order:
            return
        self._order = order
        if not self.is_mounted:
            return
        self.query_one(UnmaskedField).hide()
        self.query_one(Heading).show(self._as_shown)
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(DELAY, self._fill)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Focus the visible section."""
        self._section.focus(scroll_visible)
        return self

    @property
    def _as_shown(self) -> Order | None:
        """The order with personal data masked; one copy for all sections."""
        order, changes = self._order, masks_at(self).changes
        if order is None:
            return None
        if self._shown is None or self._shown[0] != changes or self._shown[1] is not order:
            self._shown = (changes, order, shown_order(self, order))
        return self._shown[2]

    def masks_changed(self) -> None:
        """Update every section."""
        self.query_one(UnmaskedField).hide()
        self._fill()
        self._tell()

    def reveal_field(self) -> str | None:
        """Unmask the selected field for a few seconds; return the reason if that is not possible."""
        order, shown, path = self._order, self._as_shown, self._section.path
        if order is None or shown is None or path is None:
            return "select a field of the order first"
        return self.query_one(UnmaskedField).reveal_field(order, shown, path)

    @property
    def _section(self) -> SectionList | JsonTree:
        return self._sections[self._tab]

    def _fill(self) -> None:
        """Build the visible section, unless it shows the order already."""
        self._resting = None
        order, section = self._as_shown, self._section
        self.query_one(Heading).show(order)
        self.query_one(TabStrip).counts = section_counts(order)
        if self._tab in self._filled and self._filled[self._tab] is order:
            return
        before = self._filled.get(self._tab)
        keep = before is not None and order is not None and before.id == order.id
        self._filled[self._tab] = order
        fill_section(self._tab, section, order, decimals=self._decimals, keep=keep)

    # Sections.

    def action_tab(self, tab: int) -> None:
        """Show a section by its index."""
        if tab == self._tab:
            return
        had_focus = self._section.has_focus
        self._section.display = False
        self._tab = tab
        self._section.display = True
        self.query_one(TabStrip).active = tab
        self._fill()
        if self._section.search.needle != self._needle:
            self._section.search.find(self._needle, move=False)
        if had_focus:
            self._section.focus()
        self._tell()

    def action_turn_to(self, step: int) -> None:
        """Show the next or the previous section, wrapping around."""
        self.action_tab((self._tab + step) % len(TABS))

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        event.stop()
        self.action_tab(event.tab)
        self._section.focus()

    @on(SectionList.Opened)
    def _opened(self, event: SectionList.Opened) -> None:
        """Post a customer; show any other field in the document."""
        event.stop()
        if event.customer is not None:
            real = value_at(self._order.raw, event.path) if self._order is not None else None
            self.post_message(self.CustomerChosen(real if isinstance(real, str) else event.customer))
        else:
            self.reveal(event.path)

    def reveal(self, path: Path) -> None:
        """Show a field in the JSON section."""
        self.action_tab(JSON)
        tree = self._sections[JSON]
        if isinstance(tree, JsonTree):
            tree.reveal(path)

    # Finding.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable ``n``, ``N`` and esc only during a search."""
        if action == "next_match":
            return bool(self._needle)
        if action == "forget":
            return bool(self._needle) or self.query_one(UnmaskedField).display
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Open the search."""
        bar = self.query_one(FindBar)
        bar.display = True
        bar.focus()

    def action_next_match(self, step: int) -> None:
        """Go to the next or previous match."""
        self._section.search.next(step)
        self._tell()

    def action_forget(self) -> None:
        """Hide the unmasked field, or clear the search."""
        revealed = self.query_one(UnmaskedField)
        if revealed.display:
            revealed.hide()
        else:
            self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    @on(FindBar.Left)
    def _find_left(self, event: FindBar.Left) -> None:
        event.stop()
        if not event.kept:
            self._search("")
        self._section.focus()
        self.query_one(FindBar).display = False

    def _search(self, needle: str) -> None:
        self._needle = needle
        self._section.search.find(needle)
        self.refresh_bindings()
        self._tell()

    # Copying.

    def action_choose_copy(self) -> None:
        """Ask what to copy."""
        if self._order is None:
            return
        bar = self.query_one(CopyBar)
        bar.offer(escaped=leaves_escaped(self._order.raw, self._section.path))
        bar.display = True
        bar.focus()

    @on(CopyBar.Chosen)
    def _copy_chosen(self, event: CopyBar.Chosen) -> None:
        event.stop()
        bar = self.query_one(CopyBar)
        if not bar.display:
            return
        if bar.has_focus:
            self._section.focus()
        bar.display = False
        shown = self._as_shown
        if event.what and shown is not None:
            self._copy(event.what, shown)

    def _copy(self, what: str, order: Order) -> None:
        try:
            label, text = copied_text(what, order.raw, self._section.path)
        except NothingToCopy as error:
            self.query_one(StatusLine).say(str(error))
        else:
            self.post_message(self.Copied(label, text))

    # The path of the selected field.

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        if event.lines is self._section:
            self.query_one(UnmaskedField).hide()
            self._tell()

    def _tell(self) -> None:
        section = self._section
        status = self.query_one(StatusLine)
        status.at(section.path)
        status.found(self._needle, section.search.number, section.search.count)
