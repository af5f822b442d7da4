"""The top line: what this is, whose orders they are, and what may be done to them."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from tui.app.masking import masks_at
from tui.terminal.visible import visible

from .standing_line import StandingLine

GAP = 2


class TitleBar(StandingLine):
    """The product, masks, the account; production fills the line and is told at both of its ends."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--product", "title--masked"}

    def render(self) -> Content:
        """One line."""
        line, standing = self.begun(), self.standing
        if standing is None or not standing.production:
            return line
        style = self.get_visual_style("standing--production")
        room = self.size.width - line.cell_length
        end = self.badge(standing)
        filled = (
            " " * max(0, room - end.cell_length) + end.plain if room >= GAP + end.cell_length else " " * room
        )
        return Content.assemble(line, filled).stylize(style)

    def begun(self) -> Content:
        """What stands at the left."""
        return Content.assemble(self.bold("Ordex"), " " * GAP, self.masked(), self.told())

    def bold(self, words: str) -> Content:
        """Words as the product's name is told."""
        return Content.assemble((words, self.get_visual_style("title--product")))

    def masked(self) -> Content:
        """That masks are on, where they are."""
        if not masks_at(self).on:
            return Content("")
        return Content.assemble(("MASKED" + " " * GAP, self.get_visual_style("title--masked")))


class ScreenTitle(TitleBar):
    """The same for a screen that covers the explorer: the account first, for what is behind it may be cut."""

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
