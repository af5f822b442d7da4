"""Whether a filter that is being typed may still become one."""

from __future__ import annotations

from tui.orders.amounts import DECIMALS

from .error import FilterError
from .parser import parse_node

_ENDINGS = (
    "",
    "1",
    "9",
    "000",
    "x",
    "paid",
    "id:1",
    " id:1",
    'x"',
    '":x',
    "01",
    "01-01",
    "d",
    "today",
    "customer",
)
"""What could come next: a value of each kind, a condition, the end of a quote."""


def may_become_a_filter(text: str) -> bool:
    """Whether some short ending makes the text a filter; a filter itself is one already.

    It tells what is wrong from what is only not finished, so that nobody is blamed in the middle of a word.
    """
    closings = {"", ")" * max(0, text.count("(") - text.count(")"))}
    return any(_is_filter(text + ending + closing) for closing in closings for ending in _ENDINGS)


def _is_filter(text: str) -> bool:
    try:
        parse_node(text, decimals=DECIMALS)
    except FilterError:
        return False
    return True
