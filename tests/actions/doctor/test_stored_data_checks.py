"""What is said of what Ordex keeps."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tui.actions.doctor.finding import CheckResult
from tui.actions.doctor.stored_data_checks import look_at_stored, stored_section
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.import_file import inspect_file
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.sandbox.opening import open_store
from tui.settings.folders import Folders


def folders(root: Path) -> Folders:
    """Three folders below one."""
    return Folders(root / "config", root / "state", root / "data")


def told(root: Path, default: str = "shop") -> dict[str, CheckResult]:
    """The findings by name; ``default`` is the profile of commands that name none."""
    return {found.name: found for found in stored_section(look_at_stored(folders(root)), default).findings}


def files(root: Path) -> dict[Path, int]:
    """Every file and when it was last changed."""
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def change(root: Path, token: str) -> int:
    """Write down a change that was not sent yet."""
    entry = ChangeJournal(folders(root).state).prepare(
        token=token,
        profile="shop@api.example#abc123",
        operation="update",
        order_id="ord_1",
        source_id=None,
        body={"status": "PAID"},
        base={},
        intended={},
    )
    return entry.id


def begun_import(root: Path) -> str:
    """An import that was begun and left."""
    file = root / "orders.jsonl"
    file.write_text('{"source_id": "a"}\n')
    journal = ImportJournal.create(
        folders(root).state / "imports",
        "20260101-100000-abc",
        profile="shop@api.example#abc123",
        file=inspect_file(file, None),
        options=ImportOptions(),
        now=1.0,
    )
    journal.set(state="RUNNING", good=5)
    journal.close()
    return journal.run


def test_nothing_kept_is_fine(tmp_path: Path) -> None:
    """And nothing is made by looking."""
    assert {found.level for found in told(tmp_path).values()} == {"ok"}
    assert not files(tmp_path)


def test_the_sandbox_is_counted(tmp_path: Path) -> None:
    """Orders and size."""
    open_store(folders(tmp_path).sandbox_file, orders=12).close()
    assert told(tmp_path)["sandbox"].text.startswith("12 orders, ")


def test_an_open_change_is_told_with_its_account(tmp_path: Path) -> None:
    """Without the mark of its keys; a closed one is none."""
    first, _ = change(tmp_path, "a"), change(tmp_path, "b")
    ChangeJournal(folders(tmp_path).state).finish(first, "DONE")
    found = told(tmp_path)["changes"]
    assert (found.level, "1 on shop@api.example" in found.text) == ("warn", True)
    assert "abc123" not in found.text


def test_an_import_that_was_left_is_told_with_how_to_go_on(tmp_path: Path) -> None:
    """Its rows, and the command."""
    run = begun_import(tmp_path)
    found = told(tmp_path)["import"]
    assert (found.level, found.to_do) == ("warn", f"ordex import --resume {run}")
    assert "0 of 5 rows are done" in found.text


def test_an_import_of_another_profile_is_gone_on_with_by_its_name(tmp_path: Path) -> None:
    """The command that was advised spoke to the default profile, which refused the other's import."""
    run = begun_import(tmp_path)
    for default in ("sandbox", ""):
        assert told(tmp_path, default)["import"].to_do == f"ordex import --resume {run} --profile shop"


def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    """Garbage, and the database of another program."""
    kept = folders(tmp_path)
    kept.state.mkdir(parents=True)
    kept.data.mkdir()
    (kept.state / "journal.sqlite3").write_bytes(b"garbage" * 1000)
    with closing(sqlite3.connect(kept.sandbox_file)) as database:
        database.execute("CREATE TABLE other (x)")
    found = told(tmp_path)
    assert (found["changes"].level, found["sandbox"].level) == ("fail", "fail")
    assert "version 0" in found["sandbox"].text


def test_looking_changes_nothing(tmp_path: Path) -> None:
    """No file is written, none is left beside another; also while another process has them open."""
    open_store(folders(tmp_path).sandbox_file, orders=3).close()
    change(tmp_path, "a")
    begun_import(tmp_path)
    before = files(tmp_path)
    told(tmp_path)
    assert files(tmp_path) == before
    with closing(sqlite3.connect(folders(tmp_path).state / "journal.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert told(tmp_path)["changes"].level == "warn"
