"""An import engine on a fake service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.clocks import FakeClock
from tests.support.fake_service import FakeService
from tui.jobs.importing.import_engine import ImportEngine


def jsonl(path: Path, orders: list[dict[str, Any]]) -> Path:
    """A file of orders."""
    path.write_text("".join(json.dumps(order) + "\n" for order in orders))
    return path


def numbered(count: int, **more: Any) -> list[dict[str, Any]]:
    """Plain orders."""
    return [{"source_id": f"s-{n}", "amount": n, **more} for n in range(1, count + 1)]


class Bench:
    """A service, a clock and an engine in one folder."""

    def __init__(self, folder: Path, **service: Any) -> None:
        self.clock = FakeClock()
        self.service = FakeService(self.clock, **service)
        self.folder = folder / "runs"
        self.engine = ImportEngine(self.service, self.folder, profile="p", clock=self.clock)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench with a sound service."""
    return Bench(tmp_path)
