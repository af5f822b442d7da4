"""The same forty operations on every surface."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.parity_operations import OPERATIONS, Operation
from tests.support.parity_surfaces import CommandLine, Repl, Surface, Typed, pointed_at, shop, window

WRITING = ("update", "create", "undo")

Reports = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """What a surface reported of an operation, and what shop and journal were like behind it."""

    result: Any
    state: list[dict[str, Any]] | None
    journal: list[tuple[str, str, dict[str, Any]]]


def report_of(surface: Surface, operation: Operation, result: Any) -> Report:
    """The report; the shop is looked at where it may have changed."""
    state = surface.state() if operation.words[0] in WRITING else None
    return Report(result, state, surface.journal())


async def typed(surface: Typed) -> Reports:
    """All of them, in words."""
    return {
        operation.name: report_of(surface, operation, operation.read(await surface.report(operation.words)))
        for operation in OPERATIONS
    }


async def by_keys(home: Path) -> Reports:
    """All of them, in the explorer."""
    with shop() as served:
        async with window(served, home) as opened:
            return {
                operation.name: report_of(opened, operation, await operation.keys(opened))
                for operation in OPERATIONS
            }


async def in_words(kind: type[Typed], home: Path) -> Reports:
    """All of them on the command line or in the REPL."""
    with shop() as served, pointed_at(served, home):
        return await typed(kind(served, home))


def test_there_are_forty() -> None:
    """Each with a name of its own."""
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS) == 40


@pytest.mark.timeout(300)
async def test_forty_operations_are_the_same_on_every_surface(tmp_path: Path) -> None:
    """The result, the shop and the journal after each are those of the command line, in REPL and explorer."""
    expected = await in_words(CommandLine, tmp_path / "command-line")
    for name, reports in (
        ("repl", await in_words(Repl, tmp_path / "repl")),
        ("explorer", await by_keys(tmp_path / "explorer")),
    ):
        for operation in expected:
            assert reports[operation] == expected[operation], f"{operation} in the {name}"
