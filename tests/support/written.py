"""Orders and writes of a sandbox, as tests of writing verbs look at them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import httpx

from tests.support.sandbox import RunningSandbox


def order(served: RunningSandbox, name: str) -> dict[str, Any]:
    """An order as the sandbox has it."""
    answer = httpx.get(f"{served.url}/v1/orders/{name}", headers=served.headers)
    document: dict[str, Any] = answer.json()
    return document


def writes(served: RunningSandbox, name: str) -> int:
    """How many writes were applied to an order."""
    return len(served.store.history(order(served, name)["id"]))


def journalled() -> list[str]:
    """The states in the journal, oldest first."""
    path = Path(os.environ["ORDEX_HOME"]) / "state" / "journal.sqlite3"
    if not path.exists():
        return []
    database = sqlite3.connect(path)
    try:
        return [state for (state,) in database.execute("SELECT state FROM entries ORDER BY id")]
    finally:
        database.close()
