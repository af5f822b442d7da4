"""The user's settings file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tui.settings.config.config_file import SIZE_LIMIT, read_config
from tui.settings.config.config_schema import SETTINGS, setting_at
from tui.settings.setting_errors import ConfigInvalid, SettingsError

WHOLE = """
profile = "shop"
theme = "ordex-light"
mask = true
notify = false

[keymap]
refresh = "ctrl+r"

[profiles.shop]
kind = "production"
region = "us"
auth = "oauth"
app_id = "app-1"
secret = "command"
token_variable = "SHOP_TOKEN"
token_command = ["op", "read", "op://a/b"]
read_only = true
mask = false
mask_ids = true
mask_metadata = ["phone"]
mirror = true
"""


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
        ("[keymp]\n", "config.toml:1: there is no setting “keymp”; did you mean “keymap”?"),
        (
            "\nzzz = 1\n",
            (
                "config.toml:2: there is no setting “zzz”; choose from profile, theme, mask, notify, keymap,"
                " profiles"
            ),
        ),
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


def test_the_whole_of_a_file_is_read(tmp_path: Path) -> None:
    """Every setting there is, as it was written; what is left out is not there."""
    path = written(tmp_path, WHOLE)
    config = read_config(path)
    assert (config.profile, config.theme, config.mask) == ("shop", "ordex-light", True)
    assert config.notify is False
    assert config.profiles["shop"]["token_command"] == ["op", "read", "op://a/b"]
    assert config.profiles["shop"]["mask_metadata"] == ["phone"]
    assert read_config(written(tmp_path, "")).theme is None


def test_the_file_that_has_everything_names_every_setting() -> None:
    """So that no setting is without a test that it can be written."""
    document = tomllib.loads(WHOLE)
    named = {setting.key for path in paths(document) if (setting := setting_at(path))}
    assert named == {setting.key for setting in SETTINGS} - {"profiles.*.url"}


def paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    """Every key of a document."""
    for key, value in table.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('kidn = "sandbox"', "3: there is no setting “profiles.shop.kidn”; did you mean “kind”?"),
        (
            'token = "canary-of-a-token"',
            "3: there is no setting “profiles.shop.token”; secrets do not belong",
        ),
        ('kind = "prod"', "3: profiles.shop.kind must be one of production, sandbox"),
        (
            '\nregion = "us"\nurl = "https://shop.example"',
            "4: profiles.shop.region and url are two addresses",
        ),
        ('url = "http://shop.example"', "3: profiles.shop.url cannot be: it must begin with https://"),
        ('url = "https://u:p@shop.example"', "3: profiles.shop.url cannot be: it must not hold a user name"),
        ('region = "mars"', "3: profiles.shop.region must be one of eu, us, asia"),
        ('app_id = ""', "3: profiles.shop.app_id must be a text"),
        ('app_id = "a\\nb"', "3: profiles.shop.app_id must be a text"),
        ('app_id = "ä"', "3: profiles.shop.app_id has characters that an id cannot have"),
        ("read_only = 1", "3: profiles.shop.read_only must be true or false"),
        ("read_only = false", "3: profiles.shop.read_only cannot be false: a production profile starts"),
        ('mask_metadata = "phone"', "3: profiles.shop.mask_metadata must be a list of texts"),
        ('token_command = "op read"', "3: profiles.shop.token_command must be a list of texts"),
        ("token_command = []", "3: profiles.shop.token_command must begin with a program"),
        ('token_command = ["./token"]', "3: profiles.shop.token_command must begin with a program"),
        ('secret = "command"', "3: profiles.shop.secret is command, but there is no token_command"),
        (
            'token_command = ["op"]\nsecret = "environment"',
            "3: profiles.shop.token_command is only run where",
        ),
        ('token_variable = "A-B"', "3: profiles.shop.token_variable must be the name of an environment"),
    ],
)
def test_a_fault_of_a_profile_is_named_with_its_line(tmp_path: Path, lines: str, said: str) -> None:
    """The key, what is wrong with it and the nearest that could be meant; never a value under a wrong key."""
    path = written(tmp_path, f"\n[profiles.shop]\n{lines}\n")
    with pytest.raises(SettingsError) as raised:
        read_config(path)
    assert f"config.toml:{said}" in str(raised.value)
    assert "canary" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sandbox", "the profile “sandbox” is built in"),
        ("environment", "the profile “environment” is built in"),
        ("Shop", "a profile cannot be named “Shop”"),
        ("a_b", "a profile cannot be named “a_b”"),
        ("../x", "a profile cannot be named “../x”"),
        ("", "a profile cannot be named “”"),
        ("a" * 33, "a profile cannot be named"),
    ],
)
def test_a_profile_s_name_is_safe(tmp_path: Path, name: str, said: str) -> None:
    """It is typed, and a part of file names and environment variables; the built-in ones stay."""
    with pytest.raises(SettingsError) as raised:
        read_config(written(tmp_path, f'[profiles."{name}"]\n'))
    assert f"config.toml:1: {said}" in str(raised.value)


def test_all_that_is_wrong_is_said_at_once_in_the_file_s_order(tmp_path: Path) -> None:
    """Not one fault a start."""
    path = written(
        tmp_path, 'profile = "shpo"\nmask = "no"\nprofiles.x = 3\n[profiles.shop]\nkind = "x"\nregion = 3\n'
    )
    with pytest.raises(ConfigInvalid) as raised:
        read_config(path)
    assert [fault.line for fault in raised.value.faults] == [1, 2, 3, 5, 6]
    assert "there is no profile “shpo”; did you mean “shop”?" in str(raised.value)


def test_a_sandbox_may_be_open_from_the_start(tmp_path: Path) -> None:
    """Only production has to be opened by hand; an address on this machine is a sandbox by itself."""
    for line in ('kind = "sandbox"', 'url = "http://127.0.0.1:8000"'):
        read_config(written(tmp_path, f"[profiles.shop]\n{line}\nread_only = false\n"))


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    """What cannot be read is a settings error too."""
    with pytest.raises(SettingsError, match="cannot be read"):
        read_config(tmp_path)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("theme",), "theme"),
        (("keymap", "refresh"), "keymap.*"),
        (("profiles", "a", "kind"), "profiles.*.kind"),
        (("keymap",), None),
        (("profiles", "a"), None),
        (("theme", "x"), None),
        ((), None),
        (("profiles", "a", "kind", "x"), None),
    ],
)
def test_a_setting_is_found_by_its_key(path: tuple[str, ...], key: str | None) -> None:
    """A key that is only on the way to settings is none."""
    found = setting_at(path)
    assert (found and found.key) == key
