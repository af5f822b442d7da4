"""Where Ordex keeps things."""

from pathlib import Path

from tui.settings.folders import find_folders


def test_ordex_home_overrides_everything(tmp_path: Path) -> None:
    """Tests and demos keep out of the user's own folders."""
    folders = find_folders({"ORDEX_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert {folders.config, folders.state, folders.data} == {
        tmp_path / n for n in ("config", "state", "data")
    }


def test_xdg_is_honoured(tmp_path: Path) -> None:
    """On every system, macOS too."""
    assert find_folders({"XDG_CONFIG_HOME": str(tmp_path)}).config == tmp_path / "ordex"
