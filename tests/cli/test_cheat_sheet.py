"""The README's tables."""

from __future__ import annotations

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.actions.catalogue import CATALOGUE
from tui.actions.exit_codes import MEANINGS, ExitCode
from tui.actions.keys import written
from tui.cli.cheat_sheet import commands_table, exit_codes_table, keys_table, settings_table, with_tables
from tui.settings.registry import SETTINGS


def test_the_readme_is_current() -> None:
    """Else run ``python -m tui.cli.cheat_sheet README.md``."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_tables(text) == text


def test_every_action_is_on_the_sheet() -> None:
    """With each of its keys and its words."""
    sheet = keys_table()
    for action in CATALOGUE.values():
        line = next(line for line in sheet.splitlines() if f"| {action.title}: " in line)
        assert action.help in line
        assert all(f"`{written(key)}`" in line for key in action.keys)


def test_every_command_is_on_the_table() -> None:
    """With its options, the global ones left out."""
    table = commands_table()
    line = next(line for line in table.splitlines() if "`ordex list`" in line)
    assert "`--limit --page --order --all --where --sort --columns --format`" in line


def test_every_setting_is_on_the_table() -> None:
    """With its choices and what wins over it."""
    table = settings_table()
    for setting in SETTINGS:
        line = next(
            line for line in table.splitlines() if f"| `{setting.key.replace('*', 'NAME')}` |" in line
        )
        assert setting.help in line
        assert all(f"`{choice}`" in line for choice in setting.choices)
        assert setting.variable in line
        assert setting.flag in line


def test_every_exit_code_has_a_meaning() -> None:
    """The numbers are a part of the outside interface."""
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130]
    assert set(MEANINGS) == set(ExitCode)
    assert exit_codes_table().count("\n") == len(ExitCode) + 2


def test_a_text_without_the_places_is_refused() -> None:
    """Nothing is written into a file that does not ask for it."""
    with pytest.raises(ValueError, match="<!-- keys -->"):
        with_tables("# Another file\n")
