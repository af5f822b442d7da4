"""Outcomes and refusals speak to people."""

from __future__ import annotations

from typing import get_args

from tui.jobs.changes.change_errors import ChangeRefused
from tui.jobs.changes.change_outcome import HINTS, TITLES
from tui.jobs.changes.journal_entry import State


def test_every_state_has_words() -> None:
    """A title for each; a hint wherever there is something to do."""
    assert set(TITLES) == set(HINTS) == set(get_args(State))
    assert [state for state, hint in HINTS.items() if not hint] == ["DONE"]


def test_every_refusal_says_what_happened_and_what_to_do() -> None:
    """None is left with the words of the root."""
    for refusal in ChangeRefused.__subclasses__():
        assert refusal.title != ChangeRefused.title
        assert refusal.hint
