"""What is said of the folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.open_folders import opened
from tui.actions.doctor.finding import CheckResult
from tui.actions.doctor.folder_checks import FolderFacts, folders_section, format_size, look_at_folders
from tui.actions.exit_codes import ExitCode
from tui.settings.folders import Folders


def folders(root: Path) -> Folders:
    """Three folders below one."""
    return Folders(root / "config", root / "state", root / "data")


def told(root: Path) -> dict[str, CheckResult]:
    """The findings by name."""
    return {found.name: found for found in folders_section(look_at_folders(folders(root))).findings}


def test_folders_that_are_not_made_yet_are_fine(tmp_path: Path) -> None:
    """They are named, and nothing is made by looking."""
    found = told(tmp_path / "new" / "home")
    assert found["config"].level == "ok"
    assert "not made yet" in found["config"].text
    assert not (tmp_path / "new").exists()


def test_a_private_folder_is_fine(tmp_path: Path) -> None:
    """With its mode."""
    folders(tmp_path).state.mkdir(mode=0o700)
    assert told(tmp_path)["state"].text.endswith("0700: only you can enter")


def test_an_open_folder_is_warned_of_with_what_to_do(tmp_path: Path) -> None:
    """As are the files in it that others can read, by name."""
    config = folders(tmp_path).config
    config.mkdir()
    (config / "config.toml").touch()
    (config / "config.toml").chmod(0o644)
    config.chmod(0o755)
    opened(config)
    found = told(tmp_path)
    assert (found["config"].level, found["config"].to_do) == ("warn", f"chmod 700 {config}")
    assert found["config files"].text == "others can read config.toml"


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_that_others_can_replace_is_warned_of(made: bool, tmp_path: Path) -> None:
    """A private folder is no shelter below one that anybody can write to, nor is one not made yet."""
    shared = tmp_path / "shared"
    home = opened(shared) / "home"
    home.mkdir(parents=True)
    home.chmod(0o755)
    shared.chmod(0o777)
    if made:
        folders(home).config.mkdir(mode=0o700)
    found = told(home)["config"]
    assert (found.level, found.to_do) == ("warn", f"chmod go-w {shared}")
    assert "replace" in found.text
    shared.chmod(0o1777)
    assert told(home)["config"].level == "ok"


def test_files_that_only_their_folder_guards_are_named(tmp_path: Path) -> None:
    """Nobody can read them, and that is said."""
    data = folders(tmp_path).data
    data.mkdir(mode=0o700)
    for name in "abcde":
        (data / name).touch()
        (data / name).chmod(0o644)
    found = told(tmp_path)["data"]
    assert found.level == "ok"
    assert found.text.endswith("only you can enter, which keeps others from a, b, c and 2 more")


def test_a_file_in_the_place_of_a_folder_fails(tmp_path: Path) -> None:
    """Itself, or above where it would be."""
    folders(tmp_path).data.touch()
    found = told(tmp_path)["data"]
    assert (found.level, found.code) == ("fail", ExitCode.USAGE)
    assert "is not a folder" in found.text
    assert "a file with this name exists" in told(tmp_path / "data")["state"].text


@pytest.mark.parametrize(
    ("free", "level"), [(0, "fail"), (50 * 1024 * 1024, "warn"), (10**12, "ok"), (None, "warn")]
)
def test_the_space_is_judged(tmp_path: Path, free: int | None, level: str) -> None:
    """None left, little left, enough, and not known."""
    section = folders_section([FolderFacts("data", tmp_path, None, free)])
    assert section.findings[-1].level == level


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 KB"), (83_400_000_000, "83 GB"), (2 * 10**12, "2.0 TB")],
)
def test_sizes_are_read_by_people(size: int, words: str) -> None:
    """In steps of a thousand."""
    assert format_size(size) == words
