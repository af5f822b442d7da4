"""The newest orders of a sandbox file, read before the application is imported."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .store import Store, StoreUnusable
from .wire import Document, decode


def newest(path: Path, *, limit: int) -> list[Document]:
    """The newest orders of the file, newest first; none when it does not exist or cannot be read just now."""
    if not path.exists():
        return []
    try:
        with Store(path) as store, store.reading() as transaction:
            texts = transaction.orders.page("-created_at", limit=limit, offset=0, nulls="smallest")
    except (StoreUnusable, sqlite3.Error):
        return []
    return [decode(text) for text in texts]
