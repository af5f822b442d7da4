"""What goes along to another profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings.other_profile import other_profile
from tui.settings.profile import SettingsError, resolve_profile

KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}


def test_leave_to_change_is_never_carried_to_another_account(tmp_path: Path) -> None:
    """From a session that may write, production is opened as one that only reads."""
    writing = resolve_profile(KEYS, name="sandbox", read_only=False)
    assert other_profile(writing, "environment", KEYS, tmp_path / "config.toml").read_only


def test_a_sandbox_that_only_reads_hands_that_on(tmp_path: Path) -> None:
    """A presenter who asked for it stays safe, and nothing unlocks it; production's care stays there."""
    reading = resolve_profile(KEYS, name="sandbox", read_only=True)
    local = {**KEYS, "VOUCHERIFY_API_BASE_URL": "http://127.0.0.1:1"}
    assert other_profile(reading, "environment", local, tmp_path / "config.toml").sealed
    production = resolve_profile(KEYS)
    assert not other_profile(production, "sandbox", KEYS, tmp_path / "config.toml").read_only


def test_a_profile_that_is_not_complete_is_told(tmp_path: Path) -> None:
    """Before anything of the one in use is given up."""
    with pytest.raises(SettingsError, match="VOUCHERIFY_APP_ID"):
        other_profile(resolve_profile({}), "environment", {}, tmp_path / "config.toml")
