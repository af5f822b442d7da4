"""What fits in the lines at the bottom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.actions.catalogue import hints
from tui.app.panels.status_bar import fit_facts, fit_hints
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.cells import cell_width

FACTS = (
    SnapshotFact("100 of 2,500 loaded", "100 of 2,500", 0),
    SnapshotFact("sorted by amount over the 100 loaded", "by amount over 100", 0),
    SnapshotFact("newest first from the server", "newest first", 4),
    SnapshotFact("read 14:05:09Z", "read 14:05:09Z", 3),
)


def test_everything_is_said_where_there_is_room() -> None:
    """A wide line shortens nothing."""
    assert fit_facts(FACTS, 200) == " · ".join(fact.text for fact in FACTS)


def test_the_least_important_goes_first() -> None:
    """The server's order under a local sort gives way before the sort's cover does."""
    assert (
        fit_facts(FACTS, 80) == "100 of 2,500 loaded · sorted by amount over the 100 loaded · read 14:05:09Z"
    )


def test_how_much_of_what_stays() -> None:
    """Facts of rank 0 are only shortened."""
    assert fit_facts(FACTS, 35) == "100 of 2,500 · by amount over 100"


@given(st.integers(0, 200))
def test_facts_never_overflow(width: int) -> None:
    """Whatever the width, the line fits."""
    assert cell_width(fit_facts(FACTS, width)) <= width


def test_quit_and_help_never_drop() -> None:
    """In the narrowest line the way out and the help are there; more room adds, in order of need."""
    assert [action.id for action in fit_hints(hints(), 5)] == ["quit", "help"]
    wide = [action.id for action in fit_hints(hints(), 80)]
    assert wide[:5] == ["quit", "help", "detail", "filter", "sort"]
    assert len(fit_hints(hints(), 500)) == len(hints())
