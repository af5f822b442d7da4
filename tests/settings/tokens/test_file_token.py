"""A token in a file that only its owner can read."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tui.settings.addresses import origin_of
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.file_token import FileToken

TOKEN = "canary-of-the-file"
HERE = "https://api.voucherify.io"


def source(folder: Path, origin: str = HERE) -> FileToken:
    """The token of a profile."""
    return FileToken(folder / "secrets", "shop", origin)


def refused(folder: Path) -> str:
    """Why it is not read."""
    with pytest.raises(SettingsError) as raised:
        source(folder).read()
    assert TOKEN not in str(raised.value)
    return str(raised.value)


def test_what_is_kept_is_read_until_it_is_forgotten(tmp_path: Path) -> None:
    """By its owner only, in a folder that only they can enter, whatever the umask; nothing is left beside."""
    before = os.umask(0)
    try:
        source(tmp_path).keep(Secret("the-former-one"))
        source(tmp_path).keep(Secret(TOKEN))
    finally:
        os.umask(before)
    assert source(tmp_path).read().reveal() == TOKEN
    folder = tmp_path / "secrets"
    assert [path.name for path in folder.iterdir()] == ["shop.json"]
    assert stat.S_IMODE((folder / "shop.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert str(folder / "shop.json") in source(tmp_path).where
    source(tmp_path).forget()
    source(tmp_path).forget()
    assert "ordex profiles add shop writes it" in refused(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_file_that_others_may_touch_is_not_read(tmp_path: Path, mode: int) -> None:
    """The group or everybody, to read, write or run it."""
    source(tmp_path).keep(Secret(TOKEN))
    (tmp_path / "secrets" / "shop.json").chmod(mode)
    assert "others can read it; chmod 600" in refused(tmp_path)


def test_a_file_of_another_user_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who placed it there could as well have chosen the token."""
    source(tmp_path).keep(Secret(TOKEN))
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert "belongs to another user" in refused(tmp_path)


def test_a_link_a_folder_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    """None of them is the file that was written; a pipe does not make Ordex wait."""
    source(tmp_path).keep(Secret(TOKEN))
    path = tmp_path / "secrets" / "shop.json"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert "it is a link" in refused(tmp_path)
    path.unlink()
    os.mkfifo(path, 0o600)
    assert "it is not a regular file" in refused(tmp_path)
    path.unlink()
    path.mkdir(0o700)
    assert "is not read: " in refused(tmp_path)


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    """Where somebody put one, the token does not end up behind it."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "shop.json").symlink_to(tmp_path / "elsewhere")
    source(tmp_path).keep(Secret(TOKEN))
    assert not (tmp_path / "elsewhere").exists()
    assert source(tmp_path).read().reveal() == TOKEN


def test_a_token_is_for_the_origin_that_it_was_kept_for(tmp_path: Path) -> None:
    """Also where the settings file was edited by hand; the path of an address is not a part of it."""
    source(tmp_path).keep(Secret(TOKEN))
    assert source(tmp_path, origin_of("HTTPS://API.voucherify.io:443/x")).read().reveal() == TOKEN
    for origin in ("https://evil.example", "http://api.voucherify.io", "https://api.voucherify.io:8443"):
        with pytest.raises(SettingsError, match="is sent only to the address"):
            source(tmp_path, origin).read()


@pytest.mark.parametrize(
    "kept", ["", "token", "[]", json.dumps({"origin": HERE, "token": "two words"}), "[" * 9999]
)
def test_a_damaged_file_is_said(tmp_path: Path, kept: str) -> None:
    """It is not sent as it is."""
    source(tmp_path).keep(Secret(TOKEN))
    (tmp_path / "secrets" / "shop.json").write_text(kept)
    assert "did not store" in refused(tmp_path) or "a key cannot have" in refused(tmp_path)


def test_a_full_disk_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all."""
    source(tmp_path).keep(Secret(TOKEN))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SettingsError, match="cannot be written: the disk is full"):
            source(tmp_path).keep(Secret("another-token"))
    assert source(tmp_path).read().reveal() == TOKEN
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["shop.json"]
