"""A signal that ends the REPL ends the program, also where the explorer opened the REPL."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

import tui.app.startup.launch
import tui.repl.run_repl
from tui import __main__ as program
from tui.app.navigation import StartPlace, SwitchToRepl
from tui.repl.signals import EndedBySignal
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile


def test_the_explorer_is_not_opened_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It was, and killed four seconds later: the terminal was left in the alternate screen."""
    opened: list[object] = []

    def explorer(*_: object, **__: object) -> SwitchToRepl:
        opened.append(1)
        assert len(opened) == 1
        return SwitchToRepl((), StartPlace())

    async def ended(*_: object, **__: object) -> Any:
        raise EndedBySignal(signal.SIGTERM)

    monkeypatch.setattr(tui.app.startup.launch, "open_explorer", explorer)
    monkeypatch.setattr(tui.repl.run_repl, "run_repl", ended)
    assert program._explore(resolve_profile({}), find_folders({"ORDEX_HOME": str(tmp_path)})) == 143
