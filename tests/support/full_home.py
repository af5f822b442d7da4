"""A home as months of use leave it: changes, import runs, drafts, typed lines, profiles."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tui.files.private_folder import make_private_folder
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.import_file import inspect_file
from tui.jobs.importing.runs.import_journal import SUFFIX, ImportJournal
from tui.orders.times import format_api_time
from tui.repl.history import private_history
from tui.settings.folders import Folders, file_name


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of everything there is. ``undone`` of the ``changes`` were undone by as many others."""

    changes: int = 20_000
    undone: int = 2_000
    runs: int = 500
    drafts: int = 1_000
    history: int = 100_000
    profiles: int = 200


MONTHS = Amounts()


def fill_home(folders: Folders, account: str = "sandbox", amounts: Amounts = MONTHS) -> None:
    """Write all of it, as if ``account`` (see ``Profile.account``) had been used for a month."""
    begun = datetime.now(UTC) - timedelta(days=28)
    _add_changes(ChangeJournal(folders.state), account, amounts, begun)
    _add_runs(folders.state / "imports", account, amounts.runs, begun)
    _add_drafts(Drafts(folders.state), account, amounts.drafts)
    _add_history(folders.state / f"repl-{file_name(account)}.history", amounts.history, begun)
    _add_profiles(folders.config_file, amounts.profiles)


def _add_changes(journal: ChangeJournal, account: str, amounts: Amounts, begun: datetime) -> None:
    order = {"id": "ord_1", "source_id": "web-1", "amount": 1, "metadata": {"note": "x" * 1200}}
    text, body = json.dumps(order), json.dumps({"amount": 2})
    with journal._file.writing() as database:
        database.executemany(
            "INSERT INTO entries (token, profile, operation, order_id, source_id, body, base, intended,"
            " state, answer, prepared_at, finished_at, undoes, owner)"
            " VALUES (?, ?, ?, 'ord_1', 'web-1', ?, ?, ?, 'DONE', ?, ?, ?, ?, 1)",
            (
                (f"token-{n}", account, operation, body, text, text, text, at, at, undoes)
                for n in range(amounts.changes)
                for at in (format_api_time(begun + timedelta(minutes=n)),)
                for undoes in (n - amounts.undone + 1 if n >= amounts.changes - amounts.undone else None,)
                for operation in ("undo" if undoes else "update",)
            ),
        )


def _add_runs(folder: Path, account: str, count: int, begun: datetime) -> None:
    if not count:
        return
    make_private_folder(folder)
    file = folder.parent / "orders.jsonl"
    file.write_text('{"source_id": "a"}\n')
    journal = ImportJournal.create(
        folder, "template", profile=account, file=inspect_file(file), options=ImportOptions(), now=0.0
    )
    journal.set(state="DONE", good=3, read_to=3, all_read=1, requests=1, polls=2)
    with journal.change() as db:
        db.execute(
            "INSERT INTO chunk (first_key, last_key, size, sha256, state, action, imported)"
            " VALUES (1, 3, 3, '', 'DONE', 'aa_template', 3)"
        )
    journal.close()
    template = folder / f"template{SUFFIX}"
    for n in range(count):
        at = begun + timedelta(minutes=n)
        run = f"{at:%Y%m%d-%H%M%S}-{n:06x}"
        path = Path(shutil.copy(template, folder / f"{run}{SUFFIX}"))
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("UPDATE run SET id = ?, created_at = ?, ended_at = ?", (run, *[at.timestamp()] * 2))
            db.execute("UPDATE chunk SET action = ?", (f"aa_{n}",))
    template.unlink()


def _add_drafts(drafts: Drafts, account: str, count: int) -> None:
    content: dict[str, Any] = {"fields": {"source_id": "web-1", "note": "x" * 300}}
    with drafts._file.writing() as database:
        database.executemany(
            "INSERT INTO drafts (profile, name, content, saved_at) VALUES (?, ?, ?, ?)",
            (
                (account, f"update ord_{n}", json.dumps(content), format_api_time(datetime.now(UTC)))
                for n in range(count)
            ),
        )


def _add_history(path: Path, count: int, begun: datetime) -> None:
    private_history(path)
    with path.open("a", encoding="utf-8") as file:
        for n in range(count):
            file.write(
                f"\n# {begun + timedelta(seconds=n):%Y-%m-%d %H:%M:%S.%f}\n+list --where amount>={n}\n"
            )


def _add_profiles(path: Path, count: int) -> None:
    if not count:
        return
    make_private_folder(path.parent)
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            file.write(
                f'[profiles.shop-{n}]\nregion = "eu"\napp_id = "{n:08d}-aaaa-bbbb"\nsecret = "prompt"\n\n'
            )
    path.chmod(0o600)
