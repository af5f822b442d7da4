"""The user's own keys over the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.keymap import KeymapInvalid, checked, keymap_of, rebound
from tui.app.palette import ActionsProvider
from tui.settings.config.config_file import read_config
from tui.settings.setting_errors import SettingsError


def faults(**keys: tuple[str, ...]) -> tuple[str, ...]:
    """What is wrong with these keys."""
    with pytest.raises(KeymapInvalid) as raised:
        checked(keys)
    return tuple(fault.text for fault in raised.value.faults)


def test_keys_are_taken_over_by_id() -> None:
    """Written as people write them, kept as Textual names them; others stay."""
    keymap = checked({"refresh": ("ctrl+r", "F"), "sort": ()})
    assert keymap == {"refresh": ("ctrl+r", "F"), "sort": ()}
    assert rebound(CATALOGUE["refresh"], keymap).key == "ctrl+r"
    assert rebound(CATALOGUE["filter"], keymap) is CATALOGUE["filter"]


def test_two_actions_may_change_places() -> None:
    """A clash is looked for after all keys are laid over."""
    assert checked({"refresh": ("s",), "sort": ("r",)})


def test_clashes_are_named() -> None:
    """Both actions and the key."""
    assert faults(refresh=("/",)) == ("“/” would be both filter and refresh; give one of them another key",)


def test_an_unknown_action_is_answered_with_the_nearest() -> None:
    """The mistake and the id that was meant."""
    assert faults(refesh=("f",)) == ("keymap.refesh: there is no action “refesh”; did you mean “refresh”?",)


def test_quit_keeps_a_key() -> None:
    """Neither no key nor an impossible one."""
    assert faults(quit=()) == ("quit cannot be without a key",)
    assert "keymap.quit: there is no key “leave”" in faults(quit=("leave",))[0]


def test_everything_wrong_is_said_at_once_with_the_file(tmp_path: Path) -> None:
    """One error for the file, a line each."""
    path = tmp_path / "config.toml"
    path.write_text('[keymap]\nrefesh = "f"\nquit = ""\nsort = "/"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        keymap_of(read_config(path))
    said = str(raised.value).splitlines()
    assert [line.partition(": ")[0] for line in said] == [f"{path}:{number}" for number in (2, 3, 4)]
    assert all(part in line for part, line in zip(("refesh", "quit cannot", "both"), said, strict=True))


async def test_the_explorer_hears_and_shows_the_users_keys() -> None:
    """New keys work, old ones do not; hints, help and palette show the new ones; keys can change places."""
    keymap = checked({"mark": ("ctrl+k",), "filter": ("c",), "columns": ("slash",), "list": ("a",)})
    async with exploring(fake_session(20), size=(120, 70), keymap=keymap) as explored:
        await explored.press("space")
        assert not explored.screen.table.marks
        await explored.press("ctrl+k")
        assert len(explored.screen.table.marks) == 1
        assert "c filter" in explored.text
        found = [hit async for hit in ActionsProvider(explored.screen).search("Filter")]
        assert "Filter  c" in [str(hit.prompt) for hit in found]
        await explored.press("question_mark")
        await explored.until(lambda: "Everywhere" in explored.text)
        assert "ctrl+k        Mark" in explored.text
        await explored.press("escape", "c", *"cust")
        await explored.until(lambda: explored.screen.view.snapshot.filter is not None)
        await explored.press("escape", "a")
        await explored.until(lambda: explored.screen.view.snapshot.filter is None)
