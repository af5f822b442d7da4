"""Writing profiles and their tokens, and taking them away."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_keyring import Backend, Locked, install
from tui.actions.profiles.save import ProfileDraft, remove_profile, save_profile, set_default_profile
from tui.settings.config.config_file import read_config
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.token_sources import WRITABLE_PLACES, token_store

TOKEN = "canary-of-a-profile"
HERE = "https://api.voucherify.io"
FIELDS: dict[str, Any] = {"region": "eu", "kind": "production", "app_id": "app-1"}


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Backend:
    """A keyring."""
    backend = Backend()
    install(monkeypatch, backend)
    return backend


def proposal(place: str, former: Any = None, token: str | None = TOKEN, **fields: Any) -> ProfileDraft:
    """A profile to write."""
    made = Secret(token) if token else None
    return ProfileDraft("shop", {**FIELDS, "secret": place, **fields}, former, made)


def token_in(place: str, folder: Path, address: str = HERE) -> str | None:
    """The token that is kept there for an address."""
    try:
        return token_store(place, "shop", address=address, folder=folder).read().reveal()
    except SettingsError:
        return None


@pytest.mark.parametrize("place", WRITABLE_PLACES)
def test_a_profile_is_written_with_its_token_elsewhere(tmp_path: Path, keyring: Backend, place: str) -> None:
    """The settings have everything but the token; a comment stays."""
    config = tmp_path / "config.toml"
    config.write_text("# mine\ntheme = 'ordex-light' # bright\n")
    save_profile(proposal(place), config)
    text = config.read_text()
    assert tomllib.loads(text)["profiles"]["shop"] == {**FIELDS, "secret": place}
    assert text.startswith("# mine\ntheme = 'ordex-light' # bright\n")
    assert TOKEN not in text
    assert token_in(place, tmp_path) == TOKEN
    assert len(keyring.kept) == (place == "keyring")


@pytest.mark.parametrize("place", WRITABLE_PLACES)
def test_a_profile_that_cannot_be_written_leaves_no_token(
    tmp_path: Path, keyring: Backend, place: str
) -> None:
    """Both or neither."""
    config = tmp_path / "config.toml"
    config.write_text("[")
    with pytest.raises(SettingsError):
        save_profile(proposal(place), config)
    assert token_in(place, tmp_path) is None
    assert not keyring.kept


def test_a_token_that_cannot_be_kept_leaves_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is kept nowhere else instead."""
    install(monkeypatch, Locked())
    with pytest.raises(SettingsError, match="the keyring cannot be used"):
        save_profile(proposal("keyring"), tmp_path / "config.toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", WRITABLE_PLACES)
def test_a_profile_that_moves_drops_its_token(tmp_path: Path, keyring: Backend, place: str) -> None:
    """Another address, or another place: the old token is gone; other settings of the profile stay."""
    config = tmp_path / "config.toml"
    save_profile(proposal(place, mask_ids=True), config)
    former = read_config(config).profiles["shop"]
    save_profile(proposal("environment", former, None, mask_ids=True), config)
    assert token_in(place, tmp_path) is None
    save_profile(proposal(place), config)
    former = read_config(config).profiles["shop"]
    moved = proposal(place, former, "the-other-token", region="us")
    save_profile(moved, config)
    assert token_in(place, tmp_path) is None
    assert token_in(place, tmp_path, "https://us1.api.voucherify.io") == "the-other-token"
    assert len(keyring.kept) == (place == "keyring")
    assert "mask_ids" not in read_config(config).profiles["shop"]


@pytest.mark.parametrize("place", WRITABLE_PLACES)
def test_a_removed_profile_takes_its_token_along(tmp_path: Path, keyring: Backend, place: str) -> None:
    """It is not used any more either; other profiles stay."""
    config = tmp_path / "config.toml"
    save_profile(proposal(place), config)
    set_default_profile("shop", config)
    with config.open("a") as file:
        file.write('\n[profiles.other] # mine\napp_id = "b"\n')
    remove_profile("shop", read_config(config).profiles["shop"], config, used=True)
    assert tomllib.loads(config.read_text()) == {"profiles": {"other": {"app_id": "b"}}}
    assert "# mine" in config.read_text()
    assert token_in(place, tmp_path) is None
    assert not keyring.kept


def test_a_profile_stays_as_long_as_its_token_does(
    tmp_path: Path, keyring: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked keyring is said; nothing is left that nobody knows of."""
    config = tmp_path / "config.toml"
    save_profile(proposal("keyring"), config)
    install(monkeypatch, Locked())
    with pytest.raises(SettingsError, match="the profile “shop” stays, since its token does"):
        remove_profile("shop", read_config(config).profiles["shop"], config, used=False)
    assert "shop" in read_config(config).profiles
    assert keyring.kept
