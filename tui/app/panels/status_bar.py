"""The bottom lines: what is true of what is shown, and what can be pressed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.actions.catalogue import hints
from tui.app.bindings import as_bound
from tui.app.fitting import fit_facts, fit_hints
from tui.orders.loaded import Fact
from tui.terminal.visible import visible


class FactsLine(Widget):
    """One line of facts, as many as fit."""

    facts: reactive[tuple[Fact, ...]] = reactive[tuple[Fact, ...]](())
    """What is true now; made visible here."""

    def render(self) -> Content:
        """The facts that fit."""
        shown = [Fact(visible(f.text, limit=200), visible(f.short, limit=200), f.rank) for f in self.facts]
        return Content(fit_facts(shown, self.size.width))


class HintsLine(Widget):
    """One line of keys, as many as fit; the way out and the help always do."""

    def render(self) -> Content:
        """The keys that fit, in the order of the registry."""
        kept = fit_hints([a for a in as_bound(self.app, hints()) if a.keys], self.size.width)
        shown = [Content.assemble((action.key, "bold"), f" {action.title.lower()}") for action in kept]
        return Content("  ").join(shown)


def budget_fact(remaining: int | None, limit: int | None) -> Sequence[Fact]:
    """Calls left, if the service told."""
    if remaining is None:
        return ()
    of = f" of {limit:,}" if limit is not None else ""
    return (Fact(f"{remaining:,}{of} calls left", f"{remaining:,} calls", 1),)
