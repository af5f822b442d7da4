"""What users do to see more of the list, to see it again, and to leave a failure behind."""

from __future__ import annotations

from tui.app.notes import tell
from tui.app.panels.problem import Problem
from tui.orders.coverage import LAST_PAGE
from tui.orders.loaded import PAGE_SIZE

from .arranging import Arranging


class ReadingOn(Arranging):
    """Steps through pages, and asks for what is shown once more."""

    def _refresh_orders(self) -> None:
        if self._session is None or self._unanswered:
            self.try_again()
            return
        self.loaded = self.loaded.with_changes_seen()
        if self._placed is not None and self.elsewhere:
            self._begin(1)
            self.ask_order(self._placed.id)
        else:
            self._begin(*sorted({1, self._page_of_cursor()}))

    def _page_of_cursor(self) -> int:
        cursor, ids = self.table.cursor, self.loaded.server_ids
        return ids.index(cursor) // PAGE_SIZE + 1 if cursor in self.loaded.by_id else 1

    def _next_page(self) -> None:
        loaded = self.loaded
        start = (self.table.cursor_index // PAGE_SIZE + 1) * PAGE_SIZE
        if loaded.sort is None and loaded.filter is None:
            if start < loaded.count:
                self.table.move_to(start, at_top=True)
                return
            self._go_to = start
        if not self.read_on():
            self._go_to = None
            last = loaded.at_ceiling
            tell(self, f"The API lists {LAST_PAGE} pages at most." if last else "This is the last page.")

    def _previous_page(self) -> None:
        start = (self.table.cursor_index - 1) // PAGE_SIZE * PAGE_SIZE
        self.table.move_to(max(0, start), at_top=True)

    def _close_problem(self) -> None:
        """Where nothing is loaded the failure stays in force: the status line tells it, and r tries again."""
        if not self.loaded.is_read:
            self.query_one(Problem).clear()
            self._say()
            return
        self.forget_failures()
        self._say()
        self._asked_order = self.loaded.server_order  # type: ignore[assignment] # it came from a page
