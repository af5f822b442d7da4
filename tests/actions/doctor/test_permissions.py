"""Who can read what."""

from __future__ import annotations

from pathlib import Path

from tests.support.open_folders import opened
from tui.actions.doctor.permissions import MOST_FILES, access_to, inside


def test_a_private_file_is_read_by_nobody_else(tmp_path: Path) -> None:
    """By its own mode."""
    file = tmp_path / "f"
    file.touch()
    file.chmod(0o600)
    found = access_to(opened(file))
    assert found is not None
    assert (found.octal, found.open_by_mode, found.read_by_others, found.mine) == ("0600", False, False, True)


def test_an_open_file_in_a_closed_folder_is_read_by_nobody_else(tmp_path: Path) -> None:
    """The folder decides; without it, the file does."""
    folder = tmp_path / "d"
    folder.mkdir(mode=0o700)
    file = folder / "f"
    file.touch()
    file.chmod(0o644)
    opened(folder)
    closed = access_to(file)
    folder.chmod(0o711)
    open_ = access_to(file)
    assert closed is not None
    assert open_ is not None
    assert (closed.open_by_mode, closed.read_by_others) == (True, False)
    assert (open_.open_by_mode, open_.read_by_others) == (True, True)


def test_what_is_not_there_has_no_access(tmp_path: Path) -> None:
    """No error is made of it."""
    assert access_to(tmp_path / "nothing") is None


def test_everything_inside_is_seen_but_links(tmp_path: Path) -> None:
    """Files and folders of any depth; a link is somebody else's business."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "f").touch()
    (tmp_path / "a" / "link").symlink_to("/")
    assert {found.path.name for found in inside(tmp_path)} == {"a", "b", "f"}


def test_a_folder_with_very_many_files_is_looked_at_in_part(tmp_path: Path) -> None:
    """A report must not take minutes."""
    for number in range(MOST_FILES + 10):
        (tmp_path / str(number)).touch()
    assert len(list(inside(tmp_path))) == MOST_FILES
