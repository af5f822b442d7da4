"""Where Ordex keeps things."""

from pathlib import Path

import pytest

from tui.settings.folders import find_folders, make


def test_ordex_home_overrides_everything(tmp_path: Path) -> None:
    """Tests and demos keep out of the user's own folders."""
    folders = find_folders({"ORDEX_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert {folders.config, folders.state, folders.data} == {
        tmp_path / n for n in ("config", "state", "data")
    }


def test_xdg_is_honoured(tmp_path: Path) -> None:
    """On every system, macOS too."""
    assert find_folders({"XDG_CONFIG_HOME": str(tmp_path)}).config == tmp_path / "ordex"


def test_folders_are_private(tmp_path: Path) -> None:
    """Nobody else can enter them; nor the one above, which may be made with the first folder in it."""
    assert make(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    """It is not taken for one."""
    (tmp_path / "a").touch()
    with pytest.raises(OSError, match="exists"):
        make(tmp_path / "a")
