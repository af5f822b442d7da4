"""What goes along to another profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings.profile_lookup import resolve_profile, switch_profile
from tui.settings.setting_errors import SettingsError

KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}
CONFIG = """\
[profiles.shop]
kind = "production"
app_id = "a"

[profiles.trial]
kind = "sandbox"
app_id = "b"

[profiles.frozen]
kind = "sandbox"
read_only = true
app_id = "c"
"""


def settings(folder: Path) -> Path:
    """A production account, and two sandboxes of which one only reads."""
    file = folder / "config.toml"
    file.write_text(CONFIG)
    file.chmod(0o600)
    return file


def test_leave_to_change_is_never_carried_to_another_account(tmp_path: Path) -> None:
    """From a session that may write, production is opened as one that only reads."""
    writing = resolve_profile(KEYS, name="sandbox", read_only=False)
    assert switch_profile(writing, "environment", KEYS, tmp_path / "config.toml").read_only


@pytest.mark.parametrize("first", ["sandbox", "environment", "shop", "trial"])
def test_read_only_of_the_command_line_holds_for_every_profile_of_the_session(
    first: str, tmp_path: Path
) -> None:
    """It was handed on from sandboxes only: from production one came to a sandbox that could be changed."""
    file = settings(tmp_path)
    for second in ("sandbox", "environment", "shop", "trial"):
        begun = resolve_profile(KEYS, config_file=file, name=first, read_only=True)
        reached = switch_profile(begun, second, KEYS, file)
        assert (reached.read_only, reached.sealed) == (True, True)
        assert switch_profile(reached, "trial", KEYS, file).sealed


@pytest.mark.parametrize("said", [None, False])
def test_what_a_profile_has_of_its_own_stays_with_it(said: bool | None, tmp_path: Path) -> None:
    """Production's care, and what the settings let only read: the next profile has its own rights."""
    file = settings(tmp_path)
    for first in ("shop", "frozen"):
        begun = resolve_profile(KEYS, config_file=file, name=first, read_only=said)
        assert not switch_profile(begun, "trial", KEYS, file).read_only


def test_a_profile_that_is_not_complete_is_told(tmp_path: Path) -> None:
    """Before anything of the one in use is given up."""
    with pytest.raises(SettingsError, match="VOUCHERIFY_APP_ID"):
        switch_profile(resolve_profile({}), "environment", {}, tmp_path / "config.toml")
