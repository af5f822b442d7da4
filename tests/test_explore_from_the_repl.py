"""From the REPL into the explorer and back: the same orders, and nothing that was there is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tui.app.startup.launch
import tui.repl.run_repl
from tui import __main__ as program
from tui.app.navigation import StartPlace, SwitchToRepl
from tui.orders.order import Order
from tui.repl.repl_state import ExitRequest, SavedReplState
from tui.repl.repl_state import ExplorerPlace as ReplPlace
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile

PROFILE = resolve_profile({})
LISTED = tuple(Order.read({"id": f"ord_{number}", "status": "PAID"}) for number in (7, 9))


class FrontEnds:
    """Stands in for both: ends as it is told, and notes what each was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *ends: Any) -> None:
        self._ends = list(ends)
        self.places: list[StartPlace] = []
        self.states: list[SavedReplState | None] = []
        monkeypatch.setattr(tui.app.startup.launch, "open_explorer", self.explorer)
        monkeypatch.setattr(tui.repl.run_repl, "open_repl", self.repl)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    def explorer(self, *_: object, place: StartPlace, **__: object) -> Any:
        """The next end, of the explorer."""
        self.places.append(place)
        return self._ends.pop(0)

    def repl(self, *_: object, state: SavedReplState | None = None, **__: object) -> Any:
        """The next end, of the REPL."""
        self.states.append(state)
        return self._ends.pop(0)


def run(folder: Path, **given: Any) -> int:
    """``ordex repl``."""
    return program._repl(PROFILE, find_folders({"ORDEX_HOME": str(folder)}), **given)


def test_explore_opens_on_exactly_the_listed_orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Under a filter that is not typed, so that it is not kept for the next start."""
    leave = ExitRequest(explore=ReplPlace(where="status:paid", orders=LISTED), state=SavedReplState())
    fronts = FrontEnds(monkeypatch, leave, 0, ExitRequest(code=3))
    assert run(tmp_path) == 3
    (place,) = fronts.places
    assert place.where == ""
    assert place.state is not None
    assert place.state.loaded.rows == LISTED


def test_quitting_the_explorer_returns_to_the_session(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With its variables; also after the prompt was opened from the explorer meanwhile."""
    state = SavedReplState()
    state.memory.variables["kept"] = 1
    leave = ExitRequest(explore=ReplPlace(), state=state)
    fronts = FrontEnds(
        monkeypatch, leave, SwitchToRepl((), StartPlace()), leave, 0, ExitRequest(code=4, state=state)
    )
    assert run(tmp_path) == 4
    assert fronts.states == [None, state, state]


@pytest.mark.parametrize("given", [{"text": "explore"}, {"file": Path("x.ordex")}])
def test_quitting_the_explorer_of_a_script_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, Any]
) -> None:
    """There is no prompt to return to."""
    fronts = FrontEnds(monkeypatch, ExitRequest(explore=ReplPlace(), state=SavedReplState()), 0)
    assert run(tmp_path, **given) == 0
    assert len(fronts.states) == 1


def test_an_explorer_that_a_signal_ended_is_not_followed_by_a_prompt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its code is the program's."""
    FrontEnds(monkeypatch, ExitRequest(explore=ReplPlace(), state=SavedReplState()), 143)
    assert run(tmp_path) == 143
