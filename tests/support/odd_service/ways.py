"""The ways in which answers are changed, as data, in families."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .exchange import Answer, Exchange, Kind, Reply

Change = Callable[[Answer, Exchange], Reply]

READS: frozenset[Kind] = frozenset({"list", "get", "export_job", "exports", "actions", "action"})
WRITES: frozenset[Kind] = frozenset({"create", "update", "import", "export"})
EVERY: frozenset[Kind] = READS | WRITES | {"download", "delete"}
ORDERS: frozenset[Kind] = frozenset({"list", "get", "create", "update"})
ONE_ORDER: frozenset[Kind] = frozenset({"get", "create", "update"})


def unchanged(answer: Answer, exchange: Exchange) -> Reply:
    """The true answer."""
    del exchange
    return answer


@dataclass(frozen=True, slots=True)
class Way:
    """One way to change answers, of requests of some kinds.

    ``instead`` answers without asking the sandbox, as where a request never arrives. ``hides`` is whether
    the answers, taken together, look like those of an account with fewer orders, so that nobody can tell;
    ``lies`` whether they hold orders, or values of them, that are not so, in the right form.
    """

    name: str
    on: frozenset[Kind]
    change: Change = unchanged
    instead: Callable[[Exchange], Reply] | None = None
    hides: bool = False
    lies: bool = False

    def __str__(self) -> str:
        return self.name
