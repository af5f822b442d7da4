"""What is said of the accounts."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.actions.doctor import profile_checks as keyring_module
from tui.actions.doctor.finding import CheckResult
from tui.actions.doctor.profile_checks import (
    KeyringStatus,
    keyring_finding,
    look_at_keyring,
    look_at_profiles,
    profiles_section,
)
from tui.actions.exit_codes import ExitCode
from tui.settings.profile_lookup import resolve_profile
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.file_token import FileToken

CANARY = "canary-5f1e7a90c3"
KEYS = {"VOUCHERIFY_APP_ID": "canary-app-id", "VOUCHERIFY_APP_TOKEN": CANARY}


def told(
    environ: dict[str, str], name: str | None = None, config_file: Path | None = None
) -> dict[str, CheckResult]:
    """The findings by name."""
    facts = look_at_profiles(
        environ, lambda: resolve_profile(environ, name=name, config_file=config_file), config_file
    )
    return {found.name: found for found in profiles_section(facts, KeyringStatus()).findings}


def test_without_an_account_there_is_the_sandbox() -> None:
    """In use."""
    found = told({})
    assert list(found) == ["sandbox", "keyring"]
    assert found["sandbox"].text == "in use: the embedded sandbox, reads and writes"


def test_an_account_is_told_with_where_its_secret_is() -> None:
    """Kind, address, rights, and the place of the secret: never the secret, never a part of it."""
    found = told(KEYS)["environment"]
    assert found.level == "ok"
    assert found.text == (
        "in use: PRODUCTION at api.voucherify.io, read-only, by a key pair; its secret: VOUCHERIFY_APP_TOKEN"
    )
    assert "canary" not in str(found)


def test_half_an_account_fails_as_commands_do() -> None:
    """Said once, with the code that they end with."""
    found = told({"VOUCHERIFY_APP_ID": "x"})
    assert set(found) == {"sandbox", "environment", "keyring"}
    assert (found["environment"].level, found["environment"].code) == ("fail", ExitCode.USAGE)
    assert "VOUCHERIFY_APP_TOKEN is not set" in found["environment"].text


def test_a_profile_that_was_chosen_and_is_not_there_fails() -> None:
    """In the words that commands say it in."""
    found = told({}, name="shp")
    assert found["in use"].level == "fail"
    assert "there is no profile “shp”" in found["in use"].text


def test_secrets_are_looked_for_where_the_settings_say(tmp_path: Path) -> None:
    """A program is looked for and not run, a file is read, and what is asked for at the start is no fault."""
    ran = tmp_path / "ran"
    program = tmp_path / "printer"
    program.write_text(f"#!/bin/sh\ntouch {ran}\necho {CANARY}\n")
    program.chmod(0o755)
    file = tmp_path / "config.toml"
    file.write_text(
        f"""
        [profiles.a]
        app_id = "a"
        token_command = ["{program}", "{CANARY}"]
        [profiles.b]
        app_id = "b"
        token_command = ["no-such-program-at-all"]
        [profiles.c]
        app_id = "c"
        secret = "prompt"
        [profiles.d]
        app_id = "d"
        secret = "file"
        """
    )
    kept = FileToken(tmp_path / "secrets", "d", "https://api.voucherify.io")
    kept.keep(Secret(CANARY))
    found = told({"PATH": "/usr/bin"}, config_file=file)
    assert {name: found[name].level for name in "abcd"} == {"a": "ok", "b": "warn", "c": "ok", "d": "ok"}
    assert "printed by the program printer" in found["a"].text
    assert "there is no such program" in found["b"].text
    assert "you type it at each start" in found["c"].text
    assert str(kept.path) in found["d"].text
    chosen = told({"PATH": "/usr/bin"}, name="b", config_file=file)["b"]
    assert (chosen.level, chosen.code) == ("fail", ExitCode.NOT_AUTHORISED)
    assert not ran.exists()
    assert CANARY not in str(found)
    kept.path.chmod(0o644)
    assert "others can" in told({}, config_file=file)["d"].text


def test_the_keyring_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is there: its backend, or why there is none; it is never waited for for long."""
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    assert keyring_finding(KeyringStatus()).text == "not used: the extra keyring is not installed"
    monkeypatch.setattr(keyring_module, "find_spec", lambda _: SimpleNamespace())
    monkeypatch.setattr(keyring_module, "trusted_backends", lambda: [SimpleNamespace()])
    assert keyring_finding(look_at_keyring()).text == "types"

    def refuse() -> list[object]:
        raise SettingsError("no secure keyring was found")

    monkeypatch.setattr(keyring_module, "trusted_backends", refuse)
    assert "no secure keyring" in keyring_finding(look_at_keyring()).text
    monkeypatch.setattr(keyring_module, "trusted_backends", lambda: time.sleep(30))
    begun = time.monotonic()
    assert "did not answer" in keyring_finding(look_at_keyring(seconds=0.1)).text
    assert time.monotonic() - begun < 5
    assert "keyring" not in sys.modules
