"""A virtual list of one-line rows with a cursor: it draws only the visible lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .line import Line, Piece, highlighted

ROLES = ("muted", "label", "strong", "link", "mark", "warning", "match")


class LineList(ScrollView, can_focus=True):
    """The base of lists and trees. Subclasses give ``line_at``, may refuse the cursor by ``can_stop``.

    A role of a piece is drawn in the component style ``line--ROLE``. The cursor's line has
    ``line--cursor``, and ``line--cursor-blurred`` when the list has no focus.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{role}" for role in ROLES),
        "line--cursor",
        "line--cursor-blurred",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("g,home", "edge(-1)", "First line", show=False),
        Binding("G,end", "edge(1)", "Last line", show=False),
        Binding("ctrl+d,pagedown", "page(1)", "Page down", show=False),
        Binding("ctrl+u,pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another line, or the line under it is another."""

        def __init__(self, lines: LineList) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> LineList:
            """The list whose cursor moved."""
            return self.lines

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 (Textual's)
        classes: str | None = None,
        search: LineSearch | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._count = 0
        self._width = 0
        self.search = search or LineSearch(self)

    # What a subclass gives.

    def line_at(self, index: int) -> Line:
        """The line to draw, its text made visible and not longer than a screen needs."""
        raise IndexError(index)

    def can_stop(self, index: int) -> bool:
        """Whether the cursor may rest on the line."""
        return 0 <= index < self._count

    def lay_out(self, width: int) -> None:
        """Called when the width in cells has changed; build rows that depend on it here."""

    def action_open(self) -> None:
        """Act on the cursor's line."""

    # What a subclass and its owner use.

    @property
    def line_width(self) -> int:
        """Cells a line has."""
        return self._width

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return self._count

    def set_count(self, count: int, *, cursor: int = 0, scroll: bool = True) -> None:
        """Take a new set of lines, with the cursor at (or after) a line."""
        self._count = count
        self.virtual_size = Size(self._width, count)
        self.search.renew()
        if scroll:
            self.scroll_to(y=0, animate=False)
        self.set_reactive(LineList.cursor, self._stop(cursor, 1))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    # Movement.

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor within the lines."""
        return max(0, min(cursor, self._count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines and keep the new one in sight."""
        if old != new:
            self.refresh_line(old)
            self.refresh_line(new)
            self._show_cursor()
            self.post_message(self.Moved(self))

    def action_move(self, step: int) -> None:
        """One line up or down, over lines that refuse the cursor."""
        self.cursor = self._stop(self.cursor + step, step, default=self.cursor)
        if self.cursor == self._stop(0, 1) and step < 0:
            self.scroll_to(y=0, animate=False)

    def action_edge(self, side: int) -> None:
        """The first or the last line."""
        self.cursor = self._stop(0 if side < 0 else self._count - 1, -side)
        self.scroll_to(y=0 if side < 0 else self.max_scroll_y, animate=False)

    def action_page(self, step: int) -> None:
        """A page up or down, one line of the old page staying in sight."""
        target = self.cursor + step * max(1, self.scrollable_content_region.height - 1)
        self.cursor = self._stop(max(0, min(target, self._count - 1)), step, default=self.cursor)

    def _stop(self, index: int, step: int, *, default: int | None = None) -> int:
        """The nearest line that takes the cursor from ``index`` on in a direction, else the other way."""
        direction = 1 if step > 0 else -1
        for way in (direction, -direction) if default is None else (direction,):
            at = index
            while 0 <= at < self._count:
                if self.can_stop(at):
                    return at
                at += way
        return 0 if default is None else default

    def _show_cursor(self) -> None:
        height = self.scrollable_content_region.height
        if height > 0 and self._count:
            self.scroll_to_region(
                Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True, x_axis=False
            )

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked; a second click opens it."""
        index = event.y + self.scroll_offset.y
        if self.can_stop(index):
            self.cursor = index
            if event.chain == 2:
                self.action_open()

    def on_resize(self) -> None:
        """Lay the lines out again when the width has changed."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self.lay_out(width)
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor's line looks different with focus."""
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        """The cursor's line looks different without focus."""
        self.refresh_line(self.cursor)

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        base, width = self.rich_style, self._width
        index = y + int(self.scroll_offset.y)
        if not 0 <= index < self._count:
            return Strip.blank(width, base)
        shown = self.line_at(index)
        at_cursor = index == self.cursor and self.can_stop(index)
        if at_cursor:
            base += self._component("cursor" if self.has_focus else "cursor-blurred")
        # In a narrow window a mark keeps its figure and gives up a word.
        mark = shown.mark if len(shown.mark) * 3 <= width else shown.mark.replace(" characters", "")
        room = width - len(mark) - 1 if mark else width
        strip = self._cut(Strip(self._segments(shown.pieces, base, at_cursor)), room, base)
        if mark:
            segment = Segment(f" {mark}", base + self._component("mark"))
            strip = Strip([*strip.adjust_cell_length(max(0, room), base), segment])
        return strip.adjust_cell_length(width, base)

    def _segments(self, pieces: Sequence[Piece], base: Style, at_cursor: bool) -> list[Segment]:
        # In the terminal's own colours the cursor reverses the line: roles would make a patchwork of it.
        plain = at_cursor and self.app.native_ansi_color
        lit = highlighted(pieces, self.search.needle, "match") if self.search.needle else pieces
        return [
            Segment(text, base if (plain and role != "match") or not role else base + self._component(role))
            for text, role in lit
        ]

    @staticmethod
    def _cut(strip: Strip, room: int, base: Style) -> Strip:
        if strip.cell_length <= room:
            return strip
        return Strip([*strip.crop(0, max(0, room - 1)), Segment("…", base)])

    def _component(self, role: str) -> Style:
        return self.get_component_rich_style(f"line--{role}", partial=True, default=Style.null())


class LineSearch:
    """Finds a text in the lines of a list, and moves its cursor from match to match."""

    def __init__(self, lines: LineList) -> None:
        self._lines = lines
        self._matches: Sequence[int] = ()
        self.needle = ""
        """What is searched for; empty when nothing is."""

    @property
    def count(self) -> int:
        """How many matches there are."""
        return len(self._matches)

    @property
    def number(self) -> int:
        """The number of the match under the cursor, from 1; 0 if there is none."""
        cursor = self._lines.cursor
        return self._matches.index(cursor) + 1 if cursor in self._matches else 0

    def find(self, needle: str, *, move: bool = True) -> int:
        """Find a text in any case, go to the first match at or after the cursor; how many there are."""
        self.needle = needle
        self.renew()
        if move and self.count and not self.number:
            self.next(1)
        self._lines.refresh()
        return self.count

    def next(self, step: int) -> None:
        """Go to the next (1) or previous (-1) match, round the end."""
        matches, cursor = self._matches, self._lines.cursor
        if not matches:
            return
        if step > 0:
            self._lines.cursor = next((match for match in matches if match > cursor), matches[0])
        else:
            self._lines.cursor = next((match for match in reversed(matches) if match < cursor), matches[-1])

    def renew(self) -> None:
        """Search again after the lines have changed."""
        wanted, lines = self.needle.lower(), self._lines
        if not wanted:
            self._matches = ()
            return
        stops = (index for index in range(lines.line_count) if lines.can_stop(index))
        self._matches = [index for index in stops if wanted in lines.line_at(index).plain.lower()]
