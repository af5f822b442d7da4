"""Folders that Ordex creates let nobody else in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.command_line import command_line
from tui.files.private_folder import make_private_folder
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.import_file import inspect_file
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.repl.alias_file import AliasFile
from tui.repl.completion.usage import WordUsage
from tui.repl.history import private_history
from tui.sandbox.opening import open_store
from tui.settings.config.config_file import change_config
from tui.settings.folders import Folders
from tui.settings.views import View, write_view


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test runs under the loosest mask, the usual one and one that keeps others out."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(root: Path) -> dict[str, int]:
    """The mode of every folder below ``root``."""
    return {
        str(path.relative_to(root)): path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_dir()
    }


def test_a_folder_and_those_above_it_are_private(tmp_path: Path) -> None:
    """The parents that are created with it, too, whatever the umask."""
    assert make_private_folder(tmp_path / "a" / "b" / "c") == tmp_path / "a" / "b" / "c"
    assert modes(tmp_path) == dict.fromkeys(("a", "a/b", "a/b/c"), 0o700)


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    """What the user made, the user shares."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_private_folder(shared / "own")
    assert modes(tmp_path) == {"shared": 0o755, "shared/own": 0o700}


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    """It is not taken for one."""
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o600)
    with pytest.raises(OSError, match="exists"):
        make_private_folder(tmp_path / "a")


def import_journal(folder: Path) -> None:
    """An import, planned."""
    file = folder.parents[1] / "orders.jsonl"
    file.write_text("{}")
    file.chmod(0o600)
    ImportJournal.create(
        folder, "run", profile="p", file=inspect_file(file), options=ImportOptions(), now=0.0
    ).close()


def used(path: Path) -> None:
    """One word that was used."""
    usage = WordUsage(path)
    usage.note("list")
    usage.save()


WRITERS: dict[str, Callable[[Path], object]] = {
    "journal": ChangeJournal,
    "drafts": Drafts,
    "sandbox": lambda folder: open_store(folder / "sandbox.sqlite3", orders=0).close(),
    "import": import_journal,
    "view": lambda folder: write_view(folder / "view.json", View()),
    "config": lambda folder: change_config(folder / "config.toml", lambda _: "mask = true\n"),
    "history": lambda folder: private_history(folder / "history").store_string("list"),
    "aliases": lambda folder: AliasFile(Folders(folder, folder, folder)).write({"a": "list"}),
    "usage": lambda folder: used(folder / "usage.json"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_everything_that_is_kept_is_private(name: str, tmp_path: Path) -> None:
    """Files are 0600 in folders that are 0700, up to the one that was there."""
    WRITERS[name](tmp_path / "a" / "b")
    assert modes(tmp_path) == {"a": 0o700, "a/b": 0o700}
    files = [path for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert files
    assert {path.name: path.stat().st_mode & 0o777 for path in files} == {path.name: 0o600 for path in files}


def test_a_command_makes_a_private_home(
    umask: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A first command on a home that is not there yet, with parents that are not there either."""
    home = tmp_path / "not" / "there"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORDEX_HOME", str(home))
        assert command_line(capsys)("list", "--limit", "1").code == 0
        assert command_line(capsys)("config", "set", "mask", "true").code == 0
    assert set(modes(tmp_path).values()) == {0o700}
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()} == {0o600}
