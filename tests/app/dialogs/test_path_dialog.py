"""Names of files as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.app.dialogs.path_dialog import complete_path, parse_path, why_not_writable
from tui.app.imports.finding_rows import rejects_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, a folder, and a name that would act on the terminal."""
    for name in ("orders.csv", "orders.jsonl", "or\x1bevil"):
        (tmp_path / name).write_text("")
    (tmp_path / "out").mkdir()
    return tmp_path


def test_the_first_name_that_goes_on_is_offered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By absolute and by relative path; folders end in a slash; names that could act are never offered."""
    monkeypatch.chdir(folder)
    assert complete_path("ord") == "orders.csv"
    assert complete_path(f"{folder}/orders.j") == f"{folder}/orders.jsonl"
    assert complete_path("./ou") == "./out/"
    assert complete_path("or\x1b") is None


@pytest.mark.parametrize("typed", ["", "nothing-like-it", "/no/such/folder/x", "out/"])
def test_nothing_is_offered_where_nothing_fits(
    typed: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for an empty text nor in a folder that is not there."""
    monkeypatch.chdir(folder)
    assert complete_path(typed) is None


def test_home_is_resolved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As a shell does; an unknown user's home stays as it was typed."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert parse_path(" ~/orders.csv ") == tmp_path / "orders.csv"
    assert parse_path("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")


def test_a_place_that_cannot_be_written_is_named(folder: Path) -> None:
    """A folder is no file, and a missing folder holds none."""
    assert why_not_writable(folder / "new.csv") is None
    assert "is a folder" in (why_not_writable(folder) or "")
    assert "there is no folder" in (why_not_writable(folder / "no" / "new.csv") or "")


def test_rejects_are_named_after_their_file() -> None:
    """In the same form, beside it, and not compressed."""
    assert rejects_name(Path("a/in.csv.gz")) == "a/in-rejects.csv"
    assert rejects_name(Path("in.jsonl")) == "in-rejects.jsonl"


@pytest.mark.parametrize(
    "typed",
    [
        r"FOLDER/Orders\ export\ \(1\).csv",
        "'FOLDER/Orders export (1).csv'",
        '"FOLDER/Orders export (1).csv"',
        "FOLDER/Orders export (1).csv",
        "'FOLDER/Orders export (1).csv' ",
        "file://FOLDER/Orders%20export%20(1).csv",
        "file://localhostFOLDER/Orders%20export%20%281%29.csv",
    ],
)
def test_a_file_that_was_dropped_on_the_terminal_is_found(tmp_path: Path, typed: str) -> None:
    """Each terminal writes it in its own way."""
    file = tmp_path / "Orders export (1).csv"
    file.touch()
    assert parse_path(typed.replace("FOLDER", str(tmp_path))) == file


@pytest.mark.parametrize("name", ["it's.csv", r"a\ b.csv", "'quoted'", 'a"b', "file:x"])
def test_a_name_with_quotes_of_its_own_means_itself(tmp_path: Path, name: str) -> None:
    """What exists as it stands is never read in another way, nor is what exists in no way."""
    assert parse_path(f"{tmp_path}/{name}") == tmp_path / name
    (tmp_path / name).touch()
    (tmp_path / "a b.csv").touch()
    assert parse_path(f"{tmp_path}/{name}") == tmp_path / name
