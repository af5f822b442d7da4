"""The user's settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings.config import SIZE_LIMIT, read_config
from tui.settings.profile import SettingsError


def written(folder: Path, text: str | bytes) -> Path:
    """A settings file with this content."""
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """Settings are what they are without one."""
    assert read_config(tmp_path / "config.toml").keymap == {}


def test_keys_are_texts_or_lists(tmp_path: Path) -> None:
    """Several keys by commas or as a list; the comma itself is a key; nothing takes the key away."""
    path = written(
        tmp_path, '[keymap]\nrefresh = "ctrl+r, f5"\nmark = ["v", "space"]\nsort = ","\ncopy = ""\n'
    )
    assert read_config(path).keymap == {
        "refresh": ("ctrl+r", "f5"),
        "mark": ("v", "space"),
        "sort": (",",),
        "copy": (),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[keymp]\n", "there is no setting “keymp”; did you mean “keymap”?"),
        ("zzz = 1\n", "there is no setting “zzz”; there is keymap"),
        ("keymap = 3\n", "keymap must be a table"),
        ("[keymap]\nsort = 3\n", "keymap.sort must be a key"),
        ("[keymap]\nsort = [1]\n", "keymap.sort must be a key"),
        ("[keymap\n", "is not TOML"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"#" * (SIZE_LIMIT + 1), "is larger than 64 KiB"),
    ],
)
def test_a_faulty_file_is_refused_whole(tmp_path: Path, content: str | bytes, said: str) -> None:
    """The file is named, and what is wrong."""
    path = written(tmp_path, content)
    with pytest.raises(SettingsError) as raised:
        read_config(path)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    """What cannot be read is a settings error too."""
    with pytest.raises(SettingsError, match="cannot be read"):
        read_config(tmp_path)
