"""Opening the sandbox's file, with demo data when it is new."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.sandbox import an_order
from tui.sandbox.opening import open_in_memory, open_store
from tui.sandbox.store import StoreUnusable


@dataclass
class TinyShop:
    """A shop of plain orders."""

    orders: list[dict[str, Any]]
    customers: list[dict[str, Any]] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)
    skus: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def generated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Demo data of plain orders; the list tells how many were asked for each time."""
    asked: list[int] = []

    def generate(*, count: int, seed: int, until: datetime) -> TinyShop:
        assert isinstance(seed, int)
        assert until.tzinfo is not None
        asked.append(count)
        return TinyShop([an_order(n) for n in range(count)])

    demo = ModuleType("tui.sandbox.demo")
    demo.generate = generate  # type: ignore[attr-defined]  # a module made by hand
    monkeypatch.setitem(sys.modules, "tui.sandbox.demo", demo)
    return asked


def total(store: Any) -> int:
    """How many orders a store has; closes it."""
    with store, store.reading() as transaction:
        count: int = transaction.orders.count()
        return count


def test_a_new_file_is_filled_once(tmp_path: Path, generated: list[int]) -> None:
    """Made with its folder and demo data the first time, opened as it is the next."""
    path = tmp_path / "data" / "sandbox"
    assert total(open_store(path, orders=12)) == 12
    assert total(open_store(path, orders=99)) == 12
    assert generated == [12]
    assert [entry.name for entry in path.parent.iterdir()] == ["sandbox"]


def test_two_that_start_at_once_share_one_file(tmp_path: Path) -> None:
    """Neither sees half of it, neither fills it twice, both get the same."""
    path = tmp_path / "sandbox"
    counts: list[int] = []
    gate = threading.Barrier(4)

    def start() -> None:
        gate.wait()
        counts.append(total(open_store(path, orders=200)))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [200] * 4


def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnusable, match="cannot be made"):
        open_store(tmp_path / "file" / "sandbox")


def test_a_sandbox_in_memory(generated: list[int]) -> None:
    """Filled too, unless no orders are wanted."""
    assert total(open_in_memory(orders=3)) == 3
    assert total(open_in_memory(orders=0)) == 0
    assert generated == [3]
