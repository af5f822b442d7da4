"""The folder of a copy: private, whole after any crash, and suspicious of what it did not write."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mirror.copies import ACCOUNT, NOW, copy_of, rows_of
from tests.mirror.crashes import Crash, crashing_at
from tests.support.sandbox import an_order
from tui.actions.local_copy import delete_copies
from tui.files.process_lock import HeldElsewhere
from tui.mirror.copy_errors import CopyDamaged, NoCopy
from tui.mirror.copy_folder import MANIFEST, CopyFolder, Manifest
from tui.mirror.copy_reader import CopyReader
from tui.settings.folders import Folders

EVERY = 1 if os.environ.get("ORDEX_NIGHTLY") else 3
"""Which steps a writer dies at; all of them with ``ORDEX_NIGHTLY``."""

FIRST = [an_order(number) for number in range(3)]
CHANGED = [an_order(1, status="PAID", updated_at="2026-03-01T00:00:00.000Z"), an_order(3)]


def statuses(copy: CopyFolder) -> dict[str, str]:
    """The status of each order."""
    with CopyReader.open(copy) as reader:
        return dict(reader.rows("SELECT id, status FROM narrow"))


def change(copy: CopyFolder) -> None:
    """Commit the changes, and merge all segments."""
    with copy.writing():
        old = copy.checked_manifest()
        assert old is not None
        copy.merge(copy.commit(old, replace(old, orders=4), rows_of(CHANGED)))


def test_folder_and_files_are_private(tmp_path: Path) -> None:
    """Nobody else can read a copy."""
    old = os.umask(0)
    try:
        copy = copy_of(tmp_path / "copy", FIRST)
    finally:
        os.umask(old)
    assert copy.path.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in copy.path.iterdir()} == {0o600}


def test_later_segments_replace_orders_of_earlier_ones(tmp_path: Path) -> None:
    """Each order is there once, as it was read last, before and after segments are merged."""
    copy = copy_of(tmp_path / "copy", FIRST)
    change(copy)
    wanted = {order["id"]: order["status"] for order in (*FIRST, *CHANGED)}
    assert statuses(copy) == wanted
    manifest = copy.checked_manifest(thoroughly=True)
    assert manifest is not None
    assert len(manifest.segments) == 1


def test_a_crash_at_any_step_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    """Whatever step a writer dies at, the copy is whole, and the next writer goes on from it."""
    before = statuses(copy_of(tmp_path / "measure", FIRST))
    with crashing_at(None) as steps:
        change(CopyFolder(tmp_path / "measure", ACCOUNT))
    after = statuses(CopyFolder(tmp_path / "measure", ACCOUNT))
    for step in range(0, len(steps), EVERY):
        copy = copy_of(tmp_path / str(step), FIRST)
        with pytest.raises(Crash), crashing_at(step):
            change(copy)
        assert statuses(copy) in (before, after), step
        assert copy.checked_manifest(thoroughly=True) is not None
        change(copy)
        assert statuses(copy) == after
        segments = {path.name for path in copy.path.glob("orders-*")}
        manifest = copy.manifest()
        assert manifest is not None
        assert segments == {*(segment.name for segment in manifest.segments), *manifest.retired}
        assert not list(copy.path.glob(".orders*"))


def test_a_reader_keeps_its_files_through_one_change(tmp_path: Path) -> None:
    """Segments that a change no longer names are still there for who reads them."""
    copy = copy_of(tmp_path / "copy", FIRST)
    with CopyReader.open(copy) as reader:
        change(copy)
        (place,) = reader.rows("SELECT min(place) FROM narrow")[0]
        assert reader.orders([place])[0][0].raw == FIRST[0]


@pytest.mark.parametrize("thoroughly", [True, False])
def test_a_changed_segment_is_noticed(tmp_path: Path, thoroughly: bool) -> None:
    """Neither another size nor other bytes pass for the file that was written."""
    copy = copy_of(tmp_path / "copy", FIRST)
    segment = next(copy.path.glob("*.parquet"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    with pytest.raises(CopyDamaged, match="changed"):
        copy.checked_manifest(thoroughly=thoroughly)
    segment.unlink()
    with pytest.raises(CopyDamaged, match="missing"):
        copy.checked_manifest(thoroughly=thoroughly)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "null", '{"format": 2, "columns": ""}'])
def test_a_foreign_manifest_is_noticed(tmp_path: Path, text: str) -> None:
    """A manifest that Ordex did not write is not read."""
    copy = copy_of(tmp_path / "copy", FIRST)
    (copy.path / MANIFEST).write_text(text)
    with pytest.raises(CopyDamaged):
        copy.manifest()


def test_a_manifest_leads_to_no_file_outside(tmp_path: Path) -> None:
    """A segment has the name that its number gives it, and no other."""
    copy = copy_of(tmp_path / "copy", FIRST)
    document = json.loads((copy.path / MANIFEST).read_text())
    document["segments"][0]["name"] = "../orders-000001.parquet"
    (copy.path / MANIFEST).write_text(json.dumps(document))
    with pytest.raises(CopyDamaged, match="not written by Ordex"):
        copy.manifest()


def test_the_copy_of_another_account_is_refused(tmp_path: Path) -> None:
    """Orders of one account are never shown as those of another one."""
    copy = copy_of(tmp_path / "copy", FIRST)
    with pytest.raises(CopyDamaged, match="another account"):
        CopyFolder(copy.path, "other").manifest()


def test_deleting_leaves_what_is_not_ours(tmp_path: Path) -> None:
    """A file of the user's in the folder stays."""
    copy = copy_of(tmp_path / "copy", FIRST)
    copy.mark_behind()
    (copy.path / "notes.txt").write_text("mine")
    assert copy.delete() > 0
    assert [path.name for path in copy.path.iterdir()] == ["notes.txt"]
    (copy.path / "notes.txt").unlink()
    copy_of(copy.path, FIRST).delete()
    assert not copy.path.exists()
    with pytest.raises(NoCopy):
        CopyReader.open(copy)


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    """Two processes never write a copy at once."""
    copy = copy_of(tmp_path / "copy", FIRST)
    with copy.writing(), pytest.raises(HeldElsewhere), copy.writing():
        raise AssertionError


def test_a_change_from_here_is_remembered_until_it_is_read(tmp_path: Path) -> None:
    """The mark stays until a synchronisation that began after it."""
    copy = CopyFolder(tmp_path / "copy", ACCOUNT)
    copy.mark_behind()
    assert copy.behind_since is None  # there is no copy to be behind
    copy = copy_of(tmp_path / "copy", FIRST)
    copy.mark_behind()
    since = copy.behind_since
    assert since is not None
    copy.clear_behind(since)
    assert copy.behind_since == since
    copy.clear_behind(since + 1)
    assert copy.behind_since is None


def test_an_empty_copy_has_no_orders(tmp_path: Path) -> None:
    """An account without an order has a copy too."""
    copy = CopyFolder(tmp_path / "copy", ACCOUNT)
    with copy.writing():
        copy.commit(None, Manifest(ACCOUNT, NOW), [])
    assert statuses(copy) == {}
    with CopyReader.open(copy) as reader:
        assert reader.rows("SELECT count(*) FROM wide WHERE search LIKE 'x'") == [(0,)]


def test_removing_a_profile_deletes_its_copies_only(tmp_path: Path) -> None:
    """Also those of an address that it had before; not those of a profile whose name begins alike."""
    folders = Folders(tmp_path, tmp_path, tmp_path)
    for name in ("shop%40a.test%23123456", "shop%40b.test%23123456", "shop2%40a.test%23123456"):
        copy_of(tmp_path / "mirror" / name, FIRST)
    assert delete_copies(folders, "shop") == 2
    assert [path.name for path in (tmp_path / "mirror").iterdir()] == ["shop2%40a.test%23123456"]
