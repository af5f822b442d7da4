"""The top line: what this is, whose orders they are, and what may be done to them."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from .standing_line import StandingLine

GAP = 2


class TitleBar(StandingLine):
    """The product, then the account; production fills the line and is told at both of its ends."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--product"}

    def render(self) -> Content:
        """One line."""
        line = Content.assemble(("Ordex", self.get_visual_style("title--product")), " " * GAP, self.told())
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
