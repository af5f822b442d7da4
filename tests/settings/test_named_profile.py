"""Profiles of the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings.config.config_schema import SETTINGS
from tui.settings.profile_lookup import profile_names, resolve_profile
from tui.settings.setting_errors import SettingsError

KEYS = {"VOUCHERIFY_APP_ID": "app-env", "VOUCHERIFY_APP_TOKEN": "canary-of-the-environment"}
TOKEN = {"ORDEX_SHOP_APP_TOKEN": "canary-of-the-shop"}
SHOP = '[profiles.shop]\napp_id = "app-shop"\n'


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    """A settings file with one profile that is used when none is named."""
    return written(tmp_path, f'profile = "shop"\n{SHOP}')


def written(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("environ", "name", "chosen"),
    [
        ({}, None, "shop"),
        (KEYS, None, "environment"),
        ({**KEYS, "ORDEX_PROFILE": "shop"}, None, "shop"),
        ({**KEYS, "ORDEX_PROFILE": "shop"}, "sandbox", "sandbox"),
        ({"ORDEX_PROFILE": "sandbox"}, None, "sandbox"),
        (KEYS, "shop", "shop"),
    ],
)
def test_the_nearer_word_wins(
    config_file: Path, environ: dict[str, str], name: str | None, chosen: str
) -> None:
    """The option, then ORDEX_PROFILE, then keys in the environment, then the settings."""
    assert resolve_profile(environ, config_file=config_file, name=name).name == chosen
    assert resolve_profile(environ, config_file=config_file, name=name, demo=True).name == "sandbox"


def test_a_profile_counts_as_production_unless_it_says_otherwise(tmp_path: Path) -> None:
    """It starts read-only, in Europe, and can be opened."""
    profile = resolve_profile(TOKEN, config_file=written(tmp_path, SHOP), name="shop")
    assert (profile.kind, profile.base_url, profile.app_id) == (
        "production",
        "https://api.voucherify.io",
        "app-shop",
    )
    assert (profile.read_only, profile.sealed, profile.auth, profile.origin) == (
        True,
        False,
        "keys",
        "config.toml",
    )


@pytest.mark.parametrize(
    ("lines", "flag", "read_only", "sealed"),
    [
        ('kind = "production"', None, True, False),
        ('kind = "production"', False, False, False),
        ('kind = "production"', True, True, True),
        ("read_only = true", None, True, True),
        ("read_only = true", False, False, False),
        ('kind = "sandbox"', None, False, False),
        ('kind = "sandbox"\nread_only = true', None, True, True),
        ('kind = "sandbox"\nread_only = false', None, False, False),
        ('url = "http://127.0.0.1:8000/"', None, False, False),
    ],
)
def test_what_may_be_changed_follows_kind_profile_and_flag(
    tmp_path: Path, lines: str, flag: bool | None, read_only: bool, sealed: bool
) -> None:
    """Production has to be opened; a profile that only reads is not opened by anything but the flag."""
    config_file = written(tmp_path, f"{SHOP}{lines}\n")
    profile = resolve_profile(TOKEN, config_file=config_file, name="shop", read_only=flag)
    assert (profile.read_only, profile.sealed) == (read_only, sealed)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ('region = "eu"', "https://api.voucherify.io"),
        ('region = "us"', "https://us1.api.voucherify.io"),
        ('region = "asia"', "https://as1.api.voucherify.io"),
        ('url = "https://shop.example/"', "https://shop.example"),
    ],
)
def test_the_address_is_a_region_or_the_account_s_own(tmp_path: Path, line: str, address: str) -> None:
    """Each region has its host."""
    profile = resolve_profile(TOKEN, config_file=written(tmp_path, f"{SHOP}{line}\n"), name="shop")
    assert profile.base_url == address


def test_masking_is_the_profile_s_own_before_the_general(tmp_path: Path) -> None:
    """A profile may take back what the top of the file says."""
    own = 'mask_ids = true\nmask_metadata = ["phone"]\n[profiles.test]\napp_id = "x"\nmask = false\n'
    config_file = written(tmp_path, f"mask = true\n{SHOP}{own}")
    shop = resolve_profile({}, config_file=config_file, name="shop").masking
    assert (shop.always, shop.ids, shop.metadata) == (True, True, ("phone",))
    assert not resolve_profile({}, config_file=config_file, name="test").masking.always


def test_the_id_may_come_from_the_environment(tmp_path: Path) -> None:
    """By the profile's own variable, before the settings; without either it is named."""
    config_file = written(tmp_path, "[profiles.shop-eu]\n")
    environ = {"ORDEX_SHOP_EU_APP_ID": "app-2"}
    assert resolve_profile(environ, config_file=config_file, name="shop-eu").app_id == "app-2"
    with pytest.raises(SettingsError, match="set ORDEX_SHOP_EU_APP_ID, or app_id below"):
        resolve_profile({}, config_file=config_file, name="shop-eu")


def test_a_token_is_looked_for_only_when_it_is_read(tmp_path: Path) -> None:
    """A profile can be shown and chosen without its secret, and its secret is in none of it."""
    config_file = written(tmp_path, SHOP)
    profile = resolve_profile({}, config_file=config_file, name="shop")
    assert profile.token.where == "the environment variable ORDEX_SHOP_APP_TOKEN"
    with pytest.raises(SettingsError, match="ORDEX_SHOP_APP_TOKEN is not set"):
        profile.token.read()
    profile = resolve_profile(TOKEN, config_file=config_file, name="shop")
    assert profile.token.read().reveal() == "canary-of-the-shop"
    assert "canary" not in repr(profile)


def test_an_unknown_profile_is_answered_with_those_there_are(config_file: Path) -> None:
    """The names of the file and the built-in ones."""
    with pytest.raises(SettingsError, match="the profiles are: shop, sandbox, environment"):
        resolve_profile({}, config_file=config_file, name="shpo")
    assert profile_names(config_file) == ("sandbox", "environment", "shop")
    assert profile_names(config_file.with_name("none")) == ("sandbox", "environment")


def test_the_settings_are_read_only_where_they_matter(tmp_path: Path) -> None:
    """A faulty file keeps nobody from the sandbox or from the account of the environment."""
    config_file = written(tmp_path, "[")
    assert resolve_profile({}, config_file=config_file, demo=True).name == "sandbox"
    assert resolve_profile(KEYS, config_file=config_file).name == "environment"
    with pytest.raises(SettingsError, match="is not TOML"):
        resolve_profile({}, config_file=config_file)


def test_every_setting_has_words() -> None:
    """``config`` and its help are made of them."""
    assert all(setting.help.endswith(".") for setting in SETTINGS)
    assert all(setting.choices for setting in SETTINGS if setting.kind == "choice")
