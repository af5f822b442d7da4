"""Names of keys."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from tui.actions.catalogue.key_names import named, written


def test_keys_are_written_as_people_say_them() -> None:
    """Textual's names of keys are not shown."""
    keys = ("question_mark", "escape", "ctrl+d", "slash", "G", "up", "less_than_sign")
    assert [written(key) for key in keys] == ["?", "esc", "ctrl+d", "/", "G", "↑", "<"]


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_every_character_has_textuals_name(character: str) -> None:
    """What a person writes is what Textual hears, there and back."""
    assert named(character) == _character_to_key(character)
    assert written(named(character)) == character


@pytest.mark.parametrize(
    ("text", "key"),
    [("esc", "escape"), ("ctrl+r", "ctrl+r"), ("ctrl+/", "ctrl+slash"), ("PgDn", "pagedown"), ("f5", "f5")],
)
def test_other_keys_by_their_usual_names(text: str, key: str) -> None:
    """Special and modified keys."""
    assert named(text) == key


@pytest.mark.parametrize("text", ["", "refresh", "ctrl+", "ctrl+i", "ctrl+m", "ctrl+h", "\x1b", "  "])
def test_what_is_no_key_is_refused(text: str) -> None:
    """Unknown names, and keys that a terminal cannot tell from others."""
    with pytest.raises(ValueError, match=r"key|terminal sends"):
        named(text)
