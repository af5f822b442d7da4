"""One line below what is typed: carets under the fault, and beside them what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.name_suggestions import did_you_mean
from tui.terminal.cells import cell_width, cut
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.orders.filter import FilterError


def fault_line(error: FilterError, *, width: int, start: int) -> str:
    """The line, at most ``width`` cells.

    Args:
        error: what is wrong with the text.
        width: cells of the line.
        start: the cell in which the text begins; below zero where it is scrolled.
    """
    at = start + cell_width(visible(error.text[: error.position], limit=None))
    fault = error.text[error.position : error.position + error.length]
    length = max(1, cell_width(visible(fault, limit=None)))
    if at < 0 or at + length > width:
        return cut(_message(error, width), width)
    right, left = width - at - length - 1, at - 1
    if cell_width(_message(error, right)) <= right or right >= left:
        return cut(f"{' ' * at}{'^' * length} {cut(_message(error, right), max(0, right))}".rstrip(), width)
    message = cut(_message(error, left), left)
    return f"{' ' * (left - cell_width(message))}{message} {'^' * length}"


def _message(error: FilterError, room: int) -> str:
    """What is wrong, in as many words as there is room for; the shortest when there is none."""
    ways = [visible(error, limit=200)]
    if error.mended() is not None:
        meant = did_you_mean(visible(error.suggestion, limit=60))
        ways = [f"{ways[0]} tab takes it", *ways, meant]
    return next((way for way in ways if cell_width(way) <= room), ways[-1])
