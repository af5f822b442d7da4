"""Only the newest typed lines are read and kept."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.history import FileHistory

from tui.repl.history import private_history
from tui.settings import history_file
from tui.settings.history_file import newest_entries, trim_history

TEXTS = st.lists(
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), min_size=1), max_size=8
)


def written(path: Path, texts: list[str]) -> Path:
    """A file as prompt-toolkit writes it."""
    path.unlink(missing_ok=True)
    history = FileHistory(str(path))
    for text in texts:
        history.store_string(text)
    return path


@given(texts=TEXTS)
def test_entries_are_read_as_the_prompt_reads_them(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was typed, lines of several lines too."""
    path = written(tmp_path_factory.mktemp("typed") / "history", texts)
    assert list(newest_entries(path)) == list(FileHistory(str(path)).load_history_strings())


def test_only_the_newest_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, and only from the end of the file."""
    monkeypatch.setattr(history_file, "HISTORY_ENTRIES", 10)
    path = written(tmp_path / "history", [f"list {n}\nmore" for n in range(100)])
    newest = [f"list {n}\nmore" for n in range(99, 89, -1)]
    assert list(newest_entries(path)) == newest
    assert list(private_history(path).load_history_strings()) == newest
    monkeypatch.setattr(history_file, "HISTORY_BYTES", 200)
    few = list(newest_entries(path))
    assert few == newest[: len(few)]
    assert 0 < len(few) < 10


def test_a_file_is_trimmed_to_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it holds twice as much; what is typed afterwards is read too."""
    monkeypatch.setattr(history_file, "HISTORY_ENTRIES", 10)
    path = written(tmp_path / "history", [f"list {n}" for n in range(15)])
    before = path.read_bytes()
    trim_history(path)
    assert path.read_bytes() == before
    for n in range(15, 30):
        FileHistory(str(path)).store_string(f"list {n}")
    trim_history(path)
    assert list(FileHistory(str(path)).load_history_strings()) == [f"list {n}" for n in range(29, 19, -1)]
    assert path.stat().st_mode & 0o077 == 0
    FileHistory(str(path)).store_string("last")
    assert next(iter(newest_entries(path))) == "last"


def test_a_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    """A history begins empty."""
    assert list(newest_entries(tmp_path / "nowhere")) == []


def type_lines(path: Path, name: str, count: int) -> None:
    """Add entries as the prompt does."""
    history = private_history(path)
    for number in range(count):
        history.store_string(f"{name} {number}")


def test_lines_typed_while_another_process_trims_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest of each process are all there."""
    path = tmp_path / "history"
    monkeypatch.setattr(history_file, "HISTORY_ENTRIES", 400)
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=type_lines, args=(path, name, 300)) for name in "ab"]
    for process in running:
        process.start()
    while any(process.is_alive() for process in running):
        if path.exists():
            trim_history(path)
    found = set(newest_entries(path))
    assert {f"{name} {number}" for name in "ab" for number in range(250, 300)} <= found
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_cannot_be_kept_is_typed_all_the_same(tmp_path: Path) -> None:
    """The disk may be full."""
    history = private_history(tmp_path / "history")
    (tmp_path / "history").unlink()
    (tmp_path / "history").mkdir()
    history.append_string("list")
    assert history.get_strings() == ["list"]
