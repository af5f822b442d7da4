"""Values as people type them."""

from __future__ import annotations

from typing import Any

import pytest

from tui.settings.config.config_schema import setting_at
from tui.settings.config.config_validation import format_value, parse_value
from tui.settings.setting_errors import SettingsError


def typed(key: str, *words: str) -> Any:
    """The value of these words for a setting."""
    setting = setting_at(tuple(key.split(".")))
    assert setting is not None
    return parse_value(setting, key, words)


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("theme", ("ordex-light",), "ordex-light"),
        ("mask", ("true",), True),
        ("mask", ("No",), False),
        ("keymap.refresh", ("ctrl+r",), "ctrl+r"),
        ("keymap.refresh", ("ctrl+r", "f"), ["ctrl+r", "f"]),
        ("keymap.refresh", ("",), ""),
        ("keymap.refresh", ("[",), None),
        ("profiles.shop.kind", ("sandbox",), "sandbox"),
        ("profiles.shop.token_command", ("op", "read", "op://a/b"), ["op", "read", "op://a/b"]),
        ("profiles.shop.token_command", ('["pass", "show", "-c"]',), ["pass", "show", "-c"]),
        ("profiles.shop.mask_metadata", ("phone",), ["phone"]),
    ],
)
def test_words_become_the_settings_kind_of_value(key: str, words: tuple[str, ...], value: Any) -> None:
    """A list takes a word an element, or is written as TOML has it."""
    if value is None:
        with pytest.raises(SettingsError, match="is not a list of texts"):
            typed(key, *words)
    else:
        assert typed(key, *words) == value


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("mask", ("maybe",), "mask must be true or false"),
        ("theme", ("two", "words"), "theme takes one value"),
        ("theme", ("",), "theme must be a text"),
        (
            "profiles.shop.kind",
            ("prodcution",),
            "must be one of production, sandbox; did you mean “production”?",
        ),
        ("profiles.shop.region", ("mars",), "must be one of eu, us, asia"),
        ("profiles.shop.mask_metadata", ("[1]",), "is not a list of texts"),
    ],
)
def test_what_cannot_be_is_said(key: str, words: tuple[str, ...], said: str) -> None:
    """With the choices, and the one that was probably meant."""
    with pytest.raises(SettingsError) as raised:
        typed(key, *words)
    assert said in str(raised.value)


def test_values_are_shown_as_they_are_typed() -> None:
    """Switches and lists too."""
    assert [format_value(value) for value in (True, False, "x", ["a", "b"])] == ["true", "false", "x", "a, b"]
