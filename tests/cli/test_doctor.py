"""``ordex doctor``."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.hostile import HOSTILE
from tests.support.sandbox import RunningSandbox
from tui.actions.doctor.report import anonymizer
from tui.settings.secret import Secret
from tui.settings.tokens.file_token import FileToken
from tui.terminal.cells import cell_width
from tui.terminal.visible import hidden_characters

CANARY = "canary-5f1e7a90c3"
CONFIG = """
[profiles.a]
app_id = "a"
token_command = ["/bin/echo", "CANARY"]
[profiles.b]
app_id = "b"
token_command = ["CANARY-is-no-program"]
[profiles.c]
app_id = "c"
[profiles.d]
app_id = "d"
secret = "file"
[profiles.e]
app_id = "e"
secret = "prompt"
"""


def test_it_ends_well_where_nothing_is_wrong(ordex: Ordex) -> None:
    """The report on stdout, the outcome in a sentence on stderr."""
    ended = ordex("doctor")
    assert ended.code == 0
    titles = [line for line in ended.out.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        *("Program", "Terminal", "Environment", "Settings", "Profiles", "Folders", "On this disk"),
    ]
    assert max(map(cell_width, ended.out.splitlines())) <= 80
    assert ended.err.endswith("no secret is in this report\n")


def test_it_is_a_document_too(ordex: Ordex) -> None:
    """The same findings."""
    ended = ordex("doctor", "--format", "json")
    assert {"section", "name", "level", "text", "to_do"} == set(ended.document["findings"][0])


def test_faulty_settings_end_it_as_wrong_input(ordex: Ordex, tmp_path: Path) -> None:
    """Where every other command only says that they are faulty."""
    config = tmp_path / "ordex-home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[keymap]\nrefesh = "f"\n')
    ended = ordex("doctor")
    assert ended.code == 2
    assert "did you mean “refresh”?" in " ".join(ended.out.split())
    assert "1 failure" in ended.err


def test_an_account_is_asked_when_that_is_wanted(ordex: Ordex, served: RunningSandbox) -> None:
    """And not otherwise."""
    assert "Online" not in ordex("doctor").out
    ended = ordex("doctor", "--online")
    assert ended.code == 0
    assert "reached; the keys are valid" in ended.out
    assert served.app_token not in ended.out + ended.err


def test_keys_that_are_not_taken_end_it_as_not_authorised(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code of the first failure."""
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", CANARY)
    ended = ordex("doctor", "--online")
    assert ended.code == 4
    assert CANARY not in ended.out + ended.err


def check(ordex: Ordex, home: Path, form: str, *words: str) -> None:
    """Assert that neither a secret nor the user's home is in what a command writes."""
    ended = ordex(*words, "--format", form)
    assert CANARY not in ended.out + ended.err
    assert str(home) not in ended.out


@pytest.mark.parametrize("form", ["table", "json"])
def test_no_secret_is_in_it(
    ordex: Ordex, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: RunningSandbox
) -> None:
    """From whatever place a secret may be in, right or wrong; nor who the user is, nor where they live."""
    home = tmp_path / "home" / getpass.getuser()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ORDEX_HOME", str(home / "o"))
    for name in ("VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_APP_TOKN", "VOUCHERIFY_APP_ID", "ORDEX_TOKEN"):
        monkeypatch.setenv(name, CANARY)
    for name in ("HTTPS_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{CANARY}:{CANARY}@127.0.0.1:9/{CANARY}")
    config = home / "o" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(CONFIG.replace("CANARY", CANARY))
    FileToken(config / "secrets", "d", "https://api.voucherify.io").keep(Secret(CANARY))
    monkeypatch.setenv("ORDEX_C_APP_TOKEN", CANARY)
    check(ordex, home, form, "doctor")
    (config / "config.toml").write_text(f'token = "{CANARY}"\n[keymap]\nrefresh = "{CANARY}"\n')
    for base_url in (served.url, f"https://{CANARY}@example.invalid", f"http://127.0.0.1:9/?t={CANARY}"):
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", base_url)
        check(ordex, home, form, "doctor", "--online")


@pytest.mark.parametrize("text", [text[:3000] for text in HOSTILE if "\x00" not in text])
def test_hostile_variables_do_nothing(ordex: Ordex, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says is shown as text."""
    text = text.encode("utf-8", "surrogateescape" if text.isascii() else "replace").decode("utf-8", "replace")
    for name in ("TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM", "LANG", "NO_PROXY", "ORDEX_PROFILE"):
        monkeypatch.setenv(name, text)
    ended = ordex("doctor")
    assert hidden_characters(ended.out.replace("\n", "")) == 0
    assert hidden_characters(ended.err.replace("\n", "")) == 0


def test_the_user_and_their_home_are_known() -> None:
    """They are what is left out."""
    assert anonymizer().home == Path.home()
    assert anonymizer().user == getpass.getuser()
