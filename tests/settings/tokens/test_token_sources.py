"""Which place a profile's token is looked for in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fake_keyring import Backend, install
from tui.settings.profile import Profile
from tui.settings.profile_lookup import resolve_profile
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.prompted_token import TokenPromptRequired, missing_token
from tui.settings.tokens.token_sources import token_store

HERE = "https://api.voucherify.io"


def profile(folder: Path, lines: str, environ: dict[str, str] | None = None) -> Profile:
    """The profile of a settings file."""
    path = folder / "config.toml"
    path.write_text(f'[profiles.shop]\napp_id = "a"\n{lines}\n')
    return resolve_profile(environ or {}, config_file=path, name="shop")


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("", "the environment variable ORDEX_SHOP_APP_TOKEN"),
        ('token_variable = "MINE"', "the environment variable MINE"),
        ('token_command = ["/bin/op", "read"]', "printed by the program op"),
        ('secret = "keyring"', "the keyring"),
        ('secret = "prompt"', "nowhere: you type it at each start"),
    ],
)
def test_the_place_is_the_profile_s(tmp_path: Path, lines: str, where: str) -> None:
    """Told in words that hold no secret; nothing is read, run or asked for it."""
    assert profile(tmp_path, lines).token.where == where


@pytest.mark.parametrize("place", ["command", "keyring", "file", "prompt", "environment"])
def test_the_environment_comes_before_every_other_place(tmp_path: Path, place: str) -> None:
    """For a script or a test run that brings its own token."""
    lines = f'secret = "{place}"' + ('\ntoken_command = ["no-such"]' if place == "command" else "")
    found = profile(tmp_path, lines, {"ORDEX_SHOP_APP_TOKEN": " canary-of-mine\n"})
    assert found.token.read().reveal() == "canary-of-mine"
    with pytest.raises(SettingsError, match="ORDEX_SHOP_APP_TOKEN has characters that a key cannot have"):
        profile(tmp_path, lines, {"ORDEX_SHOP_APP_TOKEN": "two words"}).token.read()


@pytest.mark.parametrize("place", ["keyring", "file"])
def test_changing_the_address_drops_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """By hand, in the settings file: the token goes to no other host than it was given for."""
    install(monkeypatch, Backend())
    token_store(place, "shop", address=HERE, folder=tmp_path).keep(Secret("canary-kept"))
    assert profile(tmp_path, f'secret = "{place}"').token.read().reveal() == "canary-kept"
    for line in ('region = "us"', 'url = "https://evil.example"', 'url = "http://127.0.0.1:8000"'):
        with pytest.raises(SettingsError, match="is sent only to the address"):
            profile(tmp_path, f'secret = "{place}"\n{line}').token.read()


def test_a_prompted_token_is_given_once_a_process(tmp_path: Path) -> None:
    """For this account: another address or application asks again."""
    found = profile(tmp_path, 'secret = "prompt"')
    wanted = missing_token(found)
    assert wanted is not None
    with pytest.raises(TokenPromptRequired, match="set ORDEX_SHOP_APP_TOKEN instead"):
        found.token.read()
    with pytest.raises(SettingsError, match="what was typed holds no token"):
        wanted.give(" \n")
    wanted.give("canary-typed\n")
    again = profile(tmp_path, 'secret = "prompt"')
    assert again.token.read().reveal() == "canary-typed"
    assert missing_token(again) is None
    assert missing_token(profile(tmp_path, 'secret = "prompt"\nregion = "us"')) is not None
    assert missing_token(resolve_profile({}, demo=True)) is None
