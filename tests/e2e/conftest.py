"""Ordex in real pseudo-terminals, on the embedded sandbox or on one that is served."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pseudo_terminal import PseudoTerminal

Open = Callable[..., PseudoTerminal]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all, so that the embedded sandbox is made once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def open_ordex(home: Path) -> Iterator[Open]:
    """``open_ordex(*words, size=…, environ=…)`` starts Ordex in a terminal; all are ended afterwards.

    Nothing is remembered of how an earlier test looked at the orders.
    """
    opened: list[PseudoTerminal] = []
    shutil.rmtree(home / "state" / "views", ignore_errors=True)

    def start(
        *words: str, size: tuple[int, int] = (120, 40), environ: dict[str, str] | None = None, **options: Any
    ) -> PseudoTerminal:
        settings = {"ORDEX_HOME": str(home), **(environ or {})}
        terminal = PseudoTerminal(words, columns=size[0], lines=size[1], environ=settings, **options)
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.close()
