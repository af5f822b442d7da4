"""The error of an invalid line, which points at the character."""

from __future__ import annotations

from tui.errors import OrdexError

WINDOW = 72
"""Characters of the line that a pointed error repeats."""


class LineError(OrdexError):
    """An invalid line.

    ``position`` and ``length`` mark the invalid part of ``text`` in characters. ``incomplete`` is whether
    more text could complete it: an open quote or bracket.
    """

    title = "Wrong usage"

    def __init__(
        self, message: str, *, text: str, position: int, length: int = 1, incomplete: bool = False
    ) -> None:
        super().__init__(message)
        self.text = text
        self.position = max(0, min(position, len(text)))
        self.length = max(1, min(length, len(text) - self.position))
        self.incomplete = incomplete

    def pointed(self) -> str:
        """Three lines: the line, carets below the fault, the message; all of it safe to show."""
        from tui.terminal.cells import cell_width
        from tui.terminal.visible import visible

        begin = self.text.rfind("\n", 0, self.position) + 1
        finish = self.text.find("\n", self.position)
        finish = len(self.text) if finish < 0 else finish
        start = max(begin, self.position - WINDOW // 2)
        stop = min(finish, start + WINDOW)
        lead, tail = ("…" if start > begin else ""), ("…" if stop < finish else "")
        before = lead + visible(self.text[start : self.position])
        fault = visible(self.text[self.position : min(stop, self.position + self.length)])
        after = visible(self.text[min(stop, self.position + self.length) : stop])
        carets = " " * cell_width(before) + "^" * max(1, cell_width(fault))
        return f"{before}{fault}{after}{tail}\n{carets}\n{visible(self, multiline=True)}"
