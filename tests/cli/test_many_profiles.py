"""A settings file with hundreds of profiles."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.support.command_line import command_line
from tui.settings.config import toml_positions

PROFILES = 200


@pytest.mark.parametrize("words", [["config"], ["profiles"], ["doctor"], ["config", "check"]])
def test_the_settings_are_read_once_however_many_profiles_there_are(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that tells of each profile neither parses the file nor looks for its lines once a profile."""
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    text = "".join(f'[profiles.shop-{n}]\napp_id = "{n}"\n' for n in range(PROFILES))
    (home / "config" / "config.toml").write_text(text)
    monkeypatch.setenv("ORDEX_HOME", str(home))
    parsed: list[str] = []
    loads, find = tomllib.loads, toml_positions.toml_positions
    monkeypatch.setattr(tomllib, "loads", lambda text: (parsed.append(text), loads(text))[1])
    monkeypatch.setattr(
        toml_positions, "toml_positions", lambda text: (parsed.append("lines"), find(text))[1]
    )
    ended = command_line(capsys)(*words)
    assert f"shop-{PROFILES - 1}" in ended.out or words == ["config", "check"]
    assert parsed.count(text) < 10
    assert parsed.count("lines") <= 1
