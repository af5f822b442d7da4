"""How an account was looked at last, kept for the next visit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.columns import COLUMNS
from tui.orders.orders_snapshot import SERVER_ORDERS
from tui.settings.folders import Folders
from tui.settings.views import KEPT, LONGEST, View, ViewUnusable, read_view, view_file, write_view

TEXTS = st.text(max_size=60)
NAMES = st.one_of(
    st.sampled_from(sorted(COLUMNS)), st.text(min_size=1, max_size=20).map("metadata.{}".format)
)
VIEWS = st.builds(
    View,
    columns=st.lists(NAMES, min_size=1, max_size=8, unique=True).map(tuple),
    server_order=st.sampled_from(sorted(SERVER_ORDERS)),
    where=TEXTS,
    detail=st.none() | st.booleans(),
    filters=st.lists(TEXTS, max_size=10).map(tuple),
)


@given(VIEWS)
def test_what_is_kept_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, view: View) -> None:
    """Columns, order, filter, detail and earlier filters come back as they were, whatever the texts."""
    path = tmp_path_factory.mktemp("views") / "shop.json"
    write_view(path, view)
    assert read_view(path) == view


def test_each_account_has_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    """Two accounts of one profile's name do not meet, and nothing else is left in the folder."""
    folders = Folders(tmp_path, tmp_path / "state", tmp_path)
    shop, other = (view_file(folders, account) for account in ("shop@a#1", "shop@b#2"))
    write_view(shop, View(where="status:paid"))
    assert read_view(other) == View()
    assert read_view(shop).where == "status:paid"
    assert shop.stat().st_mode & 0o777 == 0o600
    assert shop.parent.stat().st_mode & 0o777 == 0o700
    assert list(shop.parent.iterdir()) == [shop]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"columns": "status"}',
        b'{"server_order": "amount"}',
        b'{"server_order": "-created_at", "where": 1}',
        b'{"server_order": "-created_at", "detail": "yes"}',
        b'{"server_order": ["-created_at"]}',
        b" " * 300_000,
    ],
)
def test_a_broken_file_is_told_and_used_for_nothing(content: bytes, tmp_path: Path) -> None:
    """Its path is in the words."""
    path = tmp_path / "shop.json"
    path.write_bytes(content)
    with pytest.raises(ViewUnusable, match=r"shop\.json is not a view"):
        read_view(path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    """What cannot be read is not taken for nothing kept."""
    with pytest.raises(ViewUnusable, match="cannot be read"):
        read_view(tmp_path)


def test_columns_of_another_ordex_are_left_out(tmp_path: Path) -> None:
    """The rest is used; where none is left, the usual ones are."""
    path = tmp_path / "shop.json"
    path.write_text(json.dumps({"server_order": "created_at", "columns": ["status", "margin", "metadata."]}))
    assert read_view(path).columns == ("status",)
    path.write_text(json.dumps({"server_order": "created_at", "columns": ["margin"]}))
    assert read_view(path).columns == View().columns


def test_earlier_filters_do_not_grow_without_end(tmp_path: Path) -> None:
    """The newest are kept, and none that no person typed."""
    path = tmp_path / "shop.json"
    write_view(path, View(filters=("x" * (LONGEST + 1), *(f"amount>{number}" for number in range(KEPT + 9)))))
    kept = read_view(path).filters
    assert (len(kept), kept[-1]) == (KEPT, f"amount>{KEPT + 8}")


def test_a_failure_leaves_the_view_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: the old file stays whole, and no half one beside it."""
    path = tmp_path / "shop.json"
    write_view(path, View(where="status:paid"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.settings.views.json.dump", full)
    with pytest.raises(OSError, match="No space"):
        write_view(path, View(where="status:created"))
    assert read_view(path).where == "status:paid"
    assert list(tmp_path.iterdir()) == [path]
