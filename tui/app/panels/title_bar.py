"""The title bar: the product, the account, and the user's rights."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content

from tui.actions.account_status import ADDRESS_LIMIT, AccountStatus
from tui.app.masking import masks_at
from tui.terminal.visible import visible

from .standing_line import StandingLine

GAP = 2

LEAST = 12
"""Cells of a part of an address that are worth showing."""


class TitleBar(StandingLine):
    """The product, masks, the account; on production both ends show it and the line is filled."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--product", "title--masked"}

    def render(self) -> Content:
        """One line."""
        line, standing = self.begun(), self.standing
        if standing is None or not standing.production:
            return line
        end = self.badge(standing)
        kept = self.size.width - GAP - end.cell_length
        line = self.within(line, standing, kept)
        at_the_end = end.plain if line.cell_length <= kept else ""
        gap = " " * max(0, self.size.width - line.cell_length - cell_len(at_the_end))
        filled = Content.assemble(line, gap, at_the_end)
        return filled.stylize(self.get_visual_style("standing--production"))

    def within(self, line: Content, standing: AccountStatus, cells: int) -> Content:
        """The line with as much of its end as these cells hold; whole where even the rest has no room."""
        without = line.cell_length - cell_len(self.last(standing))
        if line.cell_length <= cells or without > cells:
            return line
        worth = cells - without >= LEAST
        return line.truncate(cells, ellipsis=True) if worth else line.truncate(without)

    def begun(self) -> Content:
        """The left part."""
        return Content.assemble(self.bold("Ordex"), " " * GAP, self.masked(), self.account_text())

    def last(self, standing: AccountStatus) -> str:
        """The end of the line, which is cut first where the line is too narrow."""
        return visible(standing.address, limit=ADDRESS_LIMIT)

    def bold(self, words: str) -> Content:
        """Text in the style of the product name."""
        return Content.assemble((words, self.get_visual_style("title--product")))

    def masked(self) -> Content:
        """That masks are on, where they are."""
        if not masks_at(self).on:
            return Content("")
        return Content.assemble(("MASKED" + " " * GAP, self.get_visual_style("title--masked")))


class ScreenTitle(TitleBar):
    """The same for a screen over the explorer: the account comes first, since the rest may be cut."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words

    def begun(self) -> Content:
        """Masks, the account, and what the screen is, which is visible text already."""
        standing = self.standing
        if standing is None:
            return Content.assemble(self.masked(), self.bold(self._words))
        name = f"  {visible(standing.name, limit=80)}{' ' * GAP}"
        return Content.assemble(self.masked(), self.badge(standing), name, self.bold(self._words))

    def last(self, standing: AccountStatus) -> str:
        """Nothing: the account is at the left, followed by the screen's title."""
        return ""
