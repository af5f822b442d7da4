"""``docs/reference.md``, which is generated from the code."""

from __future__ import annotations

import pytest

from docs.generate_reference import (
    TARGET,
    command_options,
    commands,
    exit_codes,
    filter_fields,
    global_options,
    keys,
    reference,
    repl_commands,
    settings,
)
from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.key_names import written
from tui.actions.exit_codes import MEANINGS, ExitCode
from tui.actions.verbs import VERBS, verb
from tui.orders.filter.filter_fields import FIELDS
from tui.repl.commands import REPL_COMMANDS
from tui.settings.config.config_schema import SETTINGS


def _row(table: str, beginning: str) -> str:
    return next(line for line in table.splitlines() if line.startswith(beginning))


def test_the_reference_is_current() -> None:
    """Else run ``python docs/generate_reference.py``."""
    stale = "docs/reference.md is stale: run python docs/generate_reference.py"
    assert TARGET.read_text(encoding="utf-8") == reference(), stale


def test_every_action_is_listed() -> None:
    """With each of its keys, its help and its name."""
    table = keys()
    for action in CATALOGUE.values():
        line = next(line for line in table.splitlines() if line.endswith(f"| `{action.id}` |"))
        assert action.help in line
        assert all(f"`{written(key)}`" in line for key in action.keys)


@pytest.mark.parametrize("name", VERBS)
def test_every_command_is_listed_with_its_options(name: str) -> None:
    """The summary once, and each option with its help."""
    assert verb(name).summary in _row(commands(), f"| `ordex {name}")
    options = "\n".join(command_options())
    section = options.partition(f"### `ordex {name}`")[2].partition("###")[0]
    for argument in verb(name).arguments:
        assert argument.positional or argument.option in section


def test_options_of_every_command_are_listed_once() -> None:
    """In a table of their own, and in no command's."""
    assert _row(global_options(), "| `--profile NAME`")
    assert "`--profile NAME`" not in "\n".join(command_options())


def test_every_command_of_the_repl_is_listed() -> None:
    """Those that the command line does not have."""
    assert all(_row(repl_commands(), f"| `{name}` |") for name in REPL_COMMANDS)


def test_every_setting_is_listed() -> None:
    """With its choices and what overrides it."""
    table = settings()
    for setting in SETTINGS:
        line = _row(table, f"| `{setting.key.replace('*', 'NAME')}` |")
        assert setting.help in line
        assert all(f"`{choice}`" in line for choice in setting.choices)
        assert setting.variable in line
        assert setting.flag in line


def test_every_filter_field_is_listed() -> None:
    """With its other names."""
    for field in FIELDS.values():
        line = _row(filter_fields(), f"| `{field.name}`")
        assert all(f"`{alias}`" in line for alias in field.aliases)


def test_every_exit_code_has_a_meaning() -> None:
    """The numbers are a part of the outside interface."""
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130]
    assert set(MEANINGS) == set(ExitCode)
    assert exit_codes().count("\n") == len(ExitCode) + 2
