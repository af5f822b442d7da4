"""What each setting is, and what said so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.settings.config.config_file import parse_config
from tui.settings.config.config_schema import ANY, SETTINGS
from tui.settings.effective_settings import Flags, effective_settings

FILE = """\
theme = "ordex-light"   # the day

[keymap]
refresh = "ctrl+r"

[profiles.shop-eu]
app_id = "id-of-the-file"
token_command = ["op", "read"]
"""


def told(text: str = FILE, environ: dict[str, str] | None = None, **flags: Any) -> dict[str, tuple[Any, str]]:
    """Value and origin by key."""
    config = parse_config(Path("config.toml"), text)
    said: Flags = {key: (f"--{key}", value) for key, value in flags.items()}
    return {each.key: (each.value, each.origin) for each in effective_settings(config, environ or {}, said)}


def test_the_file_is_named_with_the_line() -> None:
    """At the top, in a table, in a profile."""
    found = told()
    assert found["theme"] == ("ordex-light", "config.toml:1")
    assert found["keymap.refresh"] == (["ctrl+r"], "config.toml:4")
    assert found["profiles.shop-eu.app_id"] == ("id-of-the-file", "config.toml:7")


def test_a_variable_wins_over_the_file_and_a_flag_over_both() -> None:
    """Each is named; a profile's variables have its name in capitals."""
    environ = {"ORDEX_PROFILE": "shop-eu", "ORDEX_SHOP_EU_APP_ID": "id-of-the-variable"}
    found = told(environ=environ, theme="ordex-dark")
    assert found["theme"] == ("ordex-dark", "--theme")
    assert found["profile"] == ("shop-eu", "ORDEX_PROFILE")
    assert found["profiles.shop-eu.app_id"] == ("id-of-the-variable", "ORDEX_SHOP_EU_APP_ID")
    assert told(environ=environ, profile="sandbox")["profile"] == ("sandbox", "--profile")


def test_an_account_in_the_environment_is_the_profile() -> None:
    """As it is for every command; what says so is the variable, whose value is not told."""
    found = told(environ={"VOUCHERIFY_APP_TOKEN": "canary"})
    assert found["profile"] == ("environment", "VOUCHERIFY_APP_TOKEN")
    assert "canary" not in str(found)


def test_what_nobody_said_is_told_as_it_is_then() -> None:
    """What follows from other settings does so here too."""
    found = told()
    assert found["profile"] == ("sandbox", "default")
    assert found["mask"] == (False, "default")
    assert found["profiles.shop-eu.kind"] == ("production", "default")
    assert found["profiles.shop-eu.secret"] == ("command", "default")
    assert found["profiles.shop-eu.token_variable"] == ("ORDEX_SHOP_EU_APP_TOKEN", "default")
    local = told('mask = true\n[profiles.a]\nurl = "http://127.0.0.1:1"\n')
    assert local["profiles.a.kind"] == ("sandbox", "default")
    assert local["profiles.a.region"] == (None, "default")
    assert local["profiles.a.mask"] == (True, "default")


def test_every_setting_is_told() -> None:
    """None is left out, whether it is said or not."""
    found = told()
    expected = {s.key.replace("profiles.*", "profiles.shop-eu") for s in SETTINGS} - {"keymap.*"}
    assert set(found) == expected | {"keymap.refresh"}
    assert not any(ANY in key for key in found)
