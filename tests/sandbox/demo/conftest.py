"""The demo shop that these tests look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.sandbox.demo import Shop, generate

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)


@pytest.fixture(scope="session")
def now() -> datetime:
    """When the shop's last day is."""
    return NOW


@pytest.fixture(scope="session")
def shop() -> Shop:
    """The shop of the usual size."""
    return generate(count=2500, seed=1, until=NOW)
