"""The private SQLite file under the journal and the drafts."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from tui.files.state_errors import SPACE, StateFileError
from tui.files.state_file import StateFile

SCHEMA = "CREATE TABLE IF NOT EXISTS marks (n INTEGER)"


def test_an_existing_folder_keeps_its_mode(tmp_path: Path) -> None:
    """Only a folder that is made here is made 0700; one that is somebody's stays as it is."""
    tmp_path.chmod(0o755)
    StateFile(tmp_path / "file.sqlite3", SCHEMA)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "file.sqlite3").stat().st_mode) == 0o600


def test_writers_in_several_threads_wait_for_each_other(tmp_path: Path) -> None:
    """No write is lost and none fails because another is under way."""
    file = StateFile(tmp_path / "file.sqlite3", SCHEMA)

    def write() -> None:
        for _ in range(5):
            with file.writing() as database:
                (count,) = database.execute("SELECT count(*) FROM marks").fetchone()
                database.execute("INSERT INTO marks VALUES (?)", (count,))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with file.reading() as database:
        marks = [row["n"] for row in database.execute("SELECT n FROM marks ORDER BY n")]
    assert marks == list(range(20))


def test_a_file_on_a_full_disk_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite only says that its log could not be made, and may leave an empty one; writing says why not."""
    path = tmp_path / "file.sqlite3"
    with StateFile(path, SCHEMA).writing() as database:
        database.execute("INSERT INTO marks VALUES (7)")
    path.with_name("file.sqlite3-wal").touch()
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 0))
    connect = sqlite3.connect

    def no_log(database: object, *words: object, uri: bool = False, **options: object) -> sqlite3.Connection:
        if not uri:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR | 18 << 8
            raise error
        return connect(database, *words, uri=uri, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", no_log)
    file = StateFile(path, SCHEMA)
    with file.reading() as database:
        assert [row["n"] for row in database.execute("SELECT n FROM marks")] == [7]
    with pytest.raises(StateFileError, match="the disk is full") as refused, file.writing():
        pass
    assert refused.value.hint == SPACE
