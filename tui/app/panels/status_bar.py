"""The bottom lines: facts about what is shown, and the keys that can be pressed."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.actions.catalogue import hints
from tui.app.bindings import as_bound
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.cells import cell_width, cut
from tui.terminal.visible import visible

from .key_hints import KeyHint, offered_by
from .problem import LONGEST_WAIT
from .status_texts import budget_fact, waiting_fact

if TYPE_CHECKING:
    from tui.voucherify.rate_limit import CallBudget, Wait


SEPARATOR = " · "

FIRST_DROPPED_RANK = 4
"""Facts of this rank and above go before any other is shortened."""


def fit_facts(facts: Sequence[SnapshotFact], width: int) -> str:
    """Fit the facts into the width: in full, then the least important shortened, then some left out.

    Facts of rank 0 are shortened only after the least important are gone, and never left out.
    """
    spare = sorted((fact for fact in facts if fact.rank), key=lambda fact: -fact.rank)
    least = [fact for fact in spare if fact.rank >= FIRST_DROPPED_RANK]
    steps = [
        *((fact, True) for fact in spare),
        *((fact, False) for fact in least),
        *((fact, True) for fact in facts if not fact.rank),
        *((fact, False) for fact in spare if fact.rank < FIRST_DROPPED_RANK),
    ]
    texts = {id(fact): fact.text for fact in facts}
    for fact, stays in steps:
        if _length(texts.values()) <= width:
            break
        if stays:
            texts[id(fact)] = fact.short
        else:
            del texts[id(fact)]
    return cut(SEPARATOR.join(texts.values()), width)


class Hint(Protocol):
    """A key as shown to the user, and what it does: an action, or a function of a pane."""

    @property
    def key(self) -> str:
        """Such as ``ctrl+d``."""

    @property
    def title(self) -> str:
        """A word or two."""


def fit_hints(actions: Sequence[Hint], width: int, *, gap: int = 2) -> list[Hint]:
    """The hints whose ``key title`` fit in a line, in the order given. The first two always stay."""
    kept: list[Hint] = []
    used = 0
    for action in actions:
        needed = cell_width(f"{action.key} {action.title.lower()}") + (gap if kept else 0)
        if len(kept) >= 2 and used + needed > width:
            continue
        kept.append(action)
        used += needed
    return kept


def _length(texts: Collection[str]) -> int:
    return sum(cell_width(text) for text in texts) + cell_width(SEPARATOR) * max(0, len(texts) - 1)


class FactsLine(Widget):
    """One line of facts, as many as fit."""

    facts: reactive[tuple[SnapshotFact, ...]] = reactive[tuple[SnapshotFact, ...]](())
    """The current facts, made visible here."""

    def __init__(self) -> None:
        super().__init__()
        self._wait: Wait | None = None
        self._wait_ends = 0.0
        self._countdown: Timer | None = None
        self._budget: CallBudget | None = None
        self._renewal: float | None = None

    def tell_budget(self, budget: CallBudget) -> None:
        """Say last how many calls are left, and not for longer than the period that they are of."""
        self._budget, ends = budget, budget.resets_at
        if ends is not None and ends != self._renewal:
            self._renewal = ends
            if 0 < (left := ends - time.time()) < LONGEST_WAIT:
                self.set_timer(left, self.refresh)
        self.refresh()

    def count_down(self, wait: Wait) -> None:
        """Show first why a request waits; of two waits, the longer one."""
        ends = time.monotonic() + wait.seconds
        if self._wait is None or ends > self._wait_ends:
            self._wait, self._wait_ends = wait, ends
        if self._countdown is None:
            self._countdown = self.set_interval(1, self._tick)
        self.refresh()

    def _tick(self) -> None:
        if self._countdown is not None and (self._wait is None or self._wait_ends <= time.monotonic()):
            self._countdown.stop()
            self._wait = self._countdown = None
        self.refresh()

    def render(self) -> Content:
        """The facts that fit."""
        left = self._wait_ends - time.monotonic()
        waiting = () if self._wait is None else (waiting_fact(self._wait, left),)
        calls = () if self._budget is None else budget_fact(self._budget, time.time())
        lines = (*waiting, *self.facts, *calls)
        shown = [SnapshotFact(visible(f.text, limit=200), visible(f.short, limit=200), f.rank) for f in lines]
        return Content(fit_facts(shown, self.size.width))


class HintsLine(Widget):
    """One line of keys, as many as fit; the keys for leaving and help always do."""

    offered: reactive[tuple[KeyHint, ...]] = reactive[tuple[KeyHint, ...]](())
    """The keys of the pane that has the focus; the table's are those of the registry."""

    def on_mount(self) -> None:
        """The keys follow the focus."""
        self.watch(self.screen, "focused", self._follow)

    def _follow(self) -> None:
        self.offered = offered_by(self.screen.focused)

    def render(self) -> Content:
        """The keys that fit, in the order of the registry, or of the pane after the way out and help."""
        known: Sequence[Hint] = [action for action in as_bound(self.app, hints()) if action.keys]
        if self.offered:
            typing = isinstance(self.screen.focused, Input)
            known = (*(() if typing else known[:2]), *self.offered)
        kept = fit_hints(known, self.size.width)
        shown = [Content.assemble((action.key, "bold"), f" {action.title.lower()}") for action in kept]
        return Content("  ").join(shown)
