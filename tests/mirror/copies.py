"""Copies for tests, made of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.mirror.copy_folder import CopyFolder, Manifest
from tui.mirror.copy_rows import Row, Source, row_of
from tui.orders.order import Order

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
ACCOUNT = "shop"


def rows_of(documents: Iterable[Mapping[str, Any]], source: Source = "list") -> list[Row]:
    """The rows of documents."""
    return [row_of(Order.read(document), source=source, read_at=NOW) for document in documents]


def copy_of(
    folder: Path, documents: Iterable[Mapping[str, Any]], *, exported: Iterable[Mapping[str, Any]] = ()
) -> CopyFolder:
    """A copy with whole documents, and others of which only an export's row is known."""
    copy = CopyFolder(folder, ACCOUNT)
    with copy.writing():
        first = copy.commit(None, Manifest(ACCOUNT, NOW), rows_of(documents))
        copy.commit(first, Manifest(ACCOUNT, NOW), rows_of(exported, "export"))
    return copy
