"""A settings file that cannot be used is said, also where the command goes on without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tui.settings.folders import find_folders


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A config.toml that is no TOML."""
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path))
    file = find_folders({"ORDEX_HOME": str(tmp_path)}).config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("profile = [broken\n")
    return file


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--demo", "--limit", "1"),
        ("journal",),
        ("mappings",),
        ("get", "nope", "--demo"),
        ("jobs", "--demo"),
    ],
)
def test_it_is_said_once_where_the_command_goes_on(
    ordex: Ordex, broken: Path, words: tuple[str, ...]
) -> None:
    """With what it means."""
    ended = ordex(*words)
    assert ended.code in {0, 3}
    assert ended.err.count(str(broken)) == 1
    assert "personal data is masked" in ended.err


def test_it_is_said_with_an_account_of_the_environment(
    ordex: Ordex, broken: Path, served: RunningSandbox
) -> None:
    """That needs no settings file."""
    assert str(broken) in ordex("list", "--limit", "1").err


def test_it_is_said_once_where_the_command_ends_for_it(ordex: Ordex, broken: Path) -> None:
    """The error says it."""
    ended = ordex("list")
    assert ended.code == 2
    assert ended.err.count(str(broken)) == 1


def test_an_error_as_json_stays_one_document(ordex: Ordex, broken: Path) -> None:
    """A program reads it."""
    ended = ordex("get", "nope", "--demo", "--format", "json")
    assert json.loads(ended.err)["error"]["exit_code"] == 3
