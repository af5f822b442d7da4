"""A look at a sandbox's file without the sandbox."""

import json
from pathlib import Path

from tui.sandbox.first_rows import newest
from tui.sandbox.opening import open_store


def test_it_is_what_the_list_begins_with(tmp_path: Path) -> None:
    """The newest first, as many as asked for, as they are kept."""
    path = tmp_path / "sandbox"
    with open_store(path, orders=30) as store, store.reading() as transaction:
        texts = transaction.orders.page("-created_at", limit=10, offset=0, nulls="smallest")
    assert newest(path, limit=10) == [json.loads(text) for text in texts]
    assert len(texts) == 10


def test_without_a_file_there_is_nothing_and_nothing_is_made(tmp_path: Path) -> None:
    """Making demo data is not a glimpse's."""
    assert newest(tmp_path / "none", limit=10) == []
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_kind_is_nothing(tmp_path: Path) -> None:
    """What is wrong with it is said when the sandbox is opened."""
    path = tmp_path / "sandbox"
    path.write_text("no database " * 100)
    assert newest(path, limit=10) == []
