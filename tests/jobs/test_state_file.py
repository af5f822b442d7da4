"""The private SQLite file under the journal and the drafts."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

from tui.jobs.state_file import StateFile

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
