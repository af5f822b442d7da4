"""The top line: what this is, whose orders they are, and what may be done to them."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from tui.app.masking import masks_at

from .standing_line import StandingLine

GAP = 2


class TitleBar(StandingLine):
    """The product, masks, the account; production fills the line and is told at both of its ends."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--product", "title--masked"}

    def render(self) -> Content:
        """One line."""
        product = ("Ordex", self.get_visual_style("title--product"))
        masked = ("MASKED" + " " * GAP, self.get_visual_style("title--masked")) if masks_at(self).on else ""
        line = Content.assemble(product, " " * GAP, masked, self.told())
        standing = self.standing
        if standing is None or not standing.production:
            return line
        style = self.get_visual_style("standing--production")
        room = self.size.width - line.cell_length
        end = self.badge(standing)
        filled = (
            " " * max(0, room - end.cell_length) + end.plain if room >= GAP + end.cell_length else " " * room
        )
        return Content.assemble(line, filled).stylize(style)
