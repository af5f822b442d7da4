"""The filter itself: text in, a predicate over orders out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tui.orders.amounts import DECIMALS

from .conditions import Setting
from .moments import is_symbolic
from .nodes import And, Comparison, Moment, Node, Not, Or, Range
from .parser import parse_node
from .predicate import Predicate, predicate


class Filter:
    """A filter ready to use.

    ``text`` is what was typed, ``ast`` the tree (its ``str()`` is the canonical text), ``matches`` the
    compiled predicate ``(order) -> bool``. Relative dates count from ``now``: ask ``at`` for the same
    filter at another time.
    """

    __slots__ = ("ast", "matches", "setting", "text")

    def __init__(self, ast: Node, setting: Setting, text: str | None = None) -> None:
        self.ast = ast
        self.setting = setting
        self.text = str(ast) if text is None else text
        self.matches: Predicate = predicate(ast, setting)

    def __repr__(self) -> str:
        return f"Filter({str(self.ast)!r})"

    @property
    def is_relative(self) -> bool:
        """Whether what it matches changes with time: it holds a date such as ``today`` or ``-7d``."""
        return any(map(is_symbolic, _moments(self.ast)))

    def at(self, now: datetime) -> Filter:
        """The same filter with relative dates counted from another ``now`` (aware)."""
        return Filter(self.ast, Setting(now, self.setting.decimals), self.text)


def _moments(node: Node) -> Iterator[str]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _moments(part)
        case Not(part):
            yield from _moments(part)
        case Comparison():
            for operand in node.operands:
                ends = (operand.low, operand.high) if isinstance(operand, Range) else (operand,)
                yield from (end.text for end in ends if isinstance(end, Moment))


def parse(text: str, *, now: datetime, decimals: int = DECIMALS) -> Filter:
    """Read a filter; the empty text matches every order.

    Args:
        text: the filter as typed.
        now: what relative dates count from; aware.
        decimals: of the account's money, since ``amount>=12.50`` is people's notation.

    Raises:
        FilterError: the text is no filter; it points at the character.
    """
    return Filter(parse_node(text, decimals=decimals), Setting(now, decimals), text)
