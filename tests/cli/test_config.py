"""``ordex config``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_completion import completed
from tests.support.command_line import Ordex
from tui.actions.catalogue import CATALOGUE
from tui.settings.secret import Secret
from tui.settings.tokens.file_token import FileToken

COMMENTED = """\
# my settings
theme = "ordex-dark"  # at night

[profiles.shop]       # the real one
kind = "production"
token_command = ["op", "read", "canary-argument"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A settings file with comments."""
    path = tmp_path / "ordex-home" / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(COMMENTED)
    return path


def test_the_path_is_all_that_is_on_stdout(ordex: Ordex, tmp_path: Path) -> None:
    """So that an editor can be given it; whether it is there is said beside."""
    ended = ordex("config", "path")
    assert ended.out == f"{tmp_path}/ordex-home/config/config.toml\n"
    assert "does not exist yet" in ended.err
    assert ordex("config", "path", "--format", "json").document["exists"] is False


def test_every_setting_is_shown_with_its_origin(ordex: Ordex, config: Path) -> None:
    """The table is what config does when nothing is said; of a command only the program is shown."""
    shown = ordex("config", "--profile", "sandbox").out
    lines = [line.split() for line in shown.splitlines()]
    assert ["theme", "ordex-dark", "config.toml:2"] in lines
    assert ["profile", "sandbox", "--profile"] in lines
    assert ["mask", "false", "default"] in lines
    assert "op and 2 arguments" in shown
    assert "canary" not in shown
    rows = ordex("config", "show", "profiles.shop", "--format", "json").document
    assert {row["key"].rpartition(".")[0] for row in rows} == {"profiles.shop"}


def test_options_are_told_where_they_win(ordex: Ordex, config: Path) -> None:
    """Those before the command and those behind it; of rights for the profile in use."""
    config.write_text(COMMENTED + 'app_id = "a"\n')
    shown = ordex("--theme", "x", "config", "--read-only", "--profile", "shop").out
    lines = [line.split() for line in shown.splitlines()]
    assert ["theme", "x", "--theme"] in lines
    assert ["profiles.shop.read_only", "true", "--read-only"] in lines
    assert ordex("config", "--read-only", "--profile", "shpo").code == 0


def test_one_setting_is_told_for_scripts(ordex: Ordex, config: Path) -> None:
    """Alone on stdout; lists an element a line; one that is not set ends as not found."""
    assert ordex("config", "get", "theme").out == "ordex-dark\n"
    assert ordex("config", "get", "profiles.shop.token_command").out == "op\nread\ncanary-argument\n"
    missing = ordex("config", "get", "profiles.shop.app_id")
    assert (missing.code, missing.out) == (3, "")
    assert json.loads(ordex("config", "get", "theme", "--format", "json").out)["origin"] == "config.toml:2"


def test_setting_changes_one_line(ordex: Ordex, config: Path) -> None:
    """Comments stay; what is used now and where it stands is said."""
    ended = ordex("config", "set", "theme", "ordex-light")
    assert (ended.code, ended.err) == (0, "theme is ordex-light (config.toml:2)\n")
    assert config.read_text() == COMMENTED.replace("ordex-dark", "ordex-light")
    assert ordex("config", "set", "keymap.refresh", "ctrl+r", "f").code == 0
    assert config.read_text().endswith('\n[keymap]\nrefresh = ["ctrl+r", "f"]\n')


def test_unsetting_takes_one_line(ordex: Ordex, config: Path) -> None:
    """Its comment stays, and what holds now is said."""
    ended = ordex("config", "unset", "theme")
    assert ended.err == "theme is no longer set and is ordex-dark (default)\n"
    assert config.read_text() == COMMENTED.replace('theme = "ordex-dark"  # at night', "# at night")
    again = ordex("config", "unset", "theme")
    assert (again.code, "theme is not set there" in again.err) == (2, True)


def test_what_wins_over_the_file_is_said(ordex: Ordex, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else people wonder why what they set does nothing."""
    monkeypatch.setenv("ORDEX_PROFILE", "sandbox")
    ended = ordex("config", "set", "profile", "shop")
    assert "but ORDEX_PROFILE says sandbox, which overrides it" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "thme", "x"), "there is no setting “thme”; did you mean “theme”?"),
        (("set", "profiles.shop.kidn", "sandbox"), "did you mean “kind”?"),
        (("set", "theme", "ordex-lihgt"), "there is no theme “ordex-lihgt”; did you mean “ordex-light”?"),
        (("set", "profiles.shop.kind", "prodction"), "did you mean “production”?"),
        (("set", "keymap.refesh", "f"), "there is no action “refesh”; did you mean “refresh”?"),
        (("set", "keymap.refresh", "s"), "would be both"),
        (("set", "keymap.quit", ""), "quit cannot be without a key"),
        (("set", "profile", "shpo"), "there is no profile “shpo”; did you mean “shop”?"),
        (("set", "profiles.shop.token", "canary"), "there is no setting “profiles.shop.token”"),
        (("set", "profiles.shop", "x"), "is a table of settings; name one of them"),
        (("set", "profiles.Shop.kind", "sandbox"), "a profile cannot be named “Shop”"),
        (("set", "theme"), "name the new value"),
        (("set",), "name the setting"),
        (("get", "theme", "x"), "“x” is not expected here"),
        (("unset", "profiles.shop"), "profiles.shop is a table; unset its keys"),
        (("get", "zzz"), "there is no setting “zzz”"),
    ],
)
def test_what_check_would_refuse_is_not_written(
    ordex: Ordex, config: Path, words: tuple[str, ...], said: str
) -> None:
    """Wrong input, with what was probably meant; the file is as it was."""
    ended = ordex("config", *words)
    assert ended.code == 2
    assert said in ended.err
    assert config.read_text() == COMMENTED


def test_a_new_address_drops_the_secret(ordex: Ordex, config: Path) -> None:
    """It was given for the old one. What Ordex does not keep itself, it says where it will go."""
    config.write_text('[profiles.shop]\napp_id = "a"\nsecret = "file"\n[profiles.b]\napp_id = "b"\n')
    kept = FileToken(config.parent / "secrets", "shop", "https://api.voucherify.io")
    kept.keep(Secret("canary-token"))
    assert ordex("config", "set", "profiles.shop.mask", "true").code == 0
    assert kept.path.exists()
    ended = ordex("config", "set", "profiles.shop.url", "https://other.example")
    assert ended.code == 0
    assert "its secret was for https://api.voucherify.io and is dropped" in ended.err
    assert not kept.path.exists()
    assert "goes to https://us1.api.voucherify.io" in ordex("config", "set", "profiles.b.region", "us").err


def test_a_sound_file_checks_well(ordex: Ordex, config: Path) -> None:
    """As does none."""
    assert ordex("config", "check").code == 0
    config.unlink()
    assert ordex("config", "check").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('thme = "x"', "8: there is no setting “profiles.shop.thme”"),
        ('kind = "x"', "8: this is not TOML"),
        ('[keymap]\nrefesh = "f"', "9: keymap.refesh: there is no action “refesh”; did you mean “refresh”?"),
        ("[keymap]\nsort = 1", "9: keymap.sort must be a key"),
        ("[[[", "8: this is not TOML, at character 3: "),
    ],
)
def test_a_faulty_file_is_told_by_file_and_line(ordex: Ordex, config: Path, line: str, said: str) -> None:
    """On stdout as compilers do, with the nearest that is right, and as a document; exit code 2."""
    config.write_text(f"{COMMENTED}\n{line}\n")
    ended = ordex("config", "check")
    assert ended.code == 2
    assert f"{config}:{said}" in ended.out
    (fault,) = ordex("config", "check", "--format", "json").document["faults"]
    assert (fault["line"], fault["file"]) == (int(said.split(":", maxsplit=1)[0]), str(config))


def test_a_theme_that_is_not_there_is_a_fault(ordex: Ordex, config: Path) -> None:
    """With the others, in the order of the file."""
    config.write_text('theme = "ordex-drak"\n[keymap]\nrefesh = "f"\n')
    lines = ordex("config", "check").out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"{config}:1", f"{config}:3"]
    assert "did you mean “ordex-dark”?" in lines[0]


def test_a_faulty_file_ends_other_commands_in_words(ordex: Ordex, config: Path) -> None:
    """Line and key, no traceback."""
    config.write_text("thme = 1\n")
    ended = ordex("list", "--profile", "shop")
    assert ended.code == 2
    assert "config.toml:1: there is no setting “thme”; did you mean “theme”?" in ended.err
    assert "Traceback" not in ended.err


def test_keys_and_values_are_completed(config: Path) -> None:
    """Profiles and actions by name, choices, themes, switches."""
    assert completed("config", "ch") == ["check"]
    assert completed("config", "set", "profiles.shop.ki") == ["profiles.shop.kind"]
    assert len(completed("config", "set", "keymap.")) == len(CATALOGUE)
    assert completed("config", "set", "profiles.shop.kind", "") == ["production", "sandbox"]
    assert "ordex-light" in completed("config", "set", "theme", "")
    assert completed("config", "set", "mask", "t") == ["true"]
    assert completed("config", "set", "profile", "s") == ["shop", "sandbox"]
    config.write_text("faulty")
    assert completed("config", "get", "the") == ["theme"]
