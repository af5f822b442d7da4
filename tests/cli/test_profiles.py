"""``ordex profiles``."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Ordex
from tests.support.fake_keyring import Backend, install
from tests.support.sandbox import RunningSandbox
from tui.settings.folders import find_folders

CANARY = "canary-of-a-profile"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Backend:
    """A keyring, whatever this machine has."""
    backend = Backend()
    install(monkeypatch, backend)
    return backend


@pytest.fixture
def shop(served: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> RunningSandbox:
    """A sandbox of 250 orders that the environment does not name."""
    for name in list(os.environ):
        if name.startswith("VOUCHERIFY_"):
            monkeypatch.delenv(name)
    return served


def config_file() -> Path:
    """The settings file of this test."""
    return find_folders(os.environ).config_file


def pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Make a text standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def add(ordex: Ordex, shop: RunningSandbox, *words: str, secret: str = "keyring") -> Any:
    """Add the sandbox as the profile ``shop``; the token is piped."""
    return ordex(
        *("profiles", "add", "shop", "--url", shop.url, "--app-id", shop.app_id),
        *("--secret", secret, "--token-stdin", *words),
    )


@pytest.mark.parametrize("secret", ["keyring", "file"])
def test_a_profile_is_added_tried_used_and_removed(
    ordex: Ordex, shop: RunningSandbox, monkeypatch: pytest.MonkeyPatch, secret: str, keyring: Backend
) -> None:
    """From nothing to nothing; orders are read through it. The token is in no output, nor in the settings."""
    pipe(monkeypatch, f"{shop.app_token}\n")
    ended = [add(ordex, shop, "--kind", "production", secret=secret)]
    assert ended[-1].code == 0
    assert "accepts the keys: they can read orders (250 there)" in ended[-1].err
    assert "the profile “shop” is added: it starts read-only; token: " in ended[-1].err
    assert shop.app_token not in config_file().read_text()
    ended.append(ordex("list", "--profile", "shop", "--format", "json"))
    assert len(ended[-1].document) == 10
    ended.append(ordex("profiles", "use", "shop"))
    ended.append(ordex("profiles", "--format", "json"))
    assert [(row["name"], row["used"], row["kind"], row["rights"]) for row in ended[-1].document[:2]] == [
        ("shop", True, "production", "starts read-only"),
        ("sandbox", False, "sandbox", "reads and writes"),
    ]
    ended.append(ordex("profiles", "show", "shop", "--format", "json"))
    assert ended[-1].document["app_id"] == shop.app_id
    ended.append(ordex("profiles", "remove", "shop", "--yes"))
    assert ended[-1].code == 5
    ended.append(ordex("profiles", "remove", "shop", "--confirm", "shop"))
    assert ended[-1].code == 0
    assert "shop" not in config_file().read_text()
    assert not keyring.kept
    assert not list((config_file().parent / "secrets").glob("*"))
    assert shop.app_token not in "".join(each.out + each.err for each in ended)


def test_nothing_is_written_when_the_keys_are_not_taken(
    ordex: Ordex, shop: RunningSandbox, monkeypatch: pytest.MonkeyPatch, keyring: Backend
) -> None:
    """Unless that is wanted, or they are not to be tested."""
    pipe(monkeypatch, CANARY)
    ended = add(ordex, shop)
    assert ended.code == 4
    assert "rejects the keys" in ended.err
    assert "nothing is written; --keep adds “shop” anyway" in ended.err
    assert not config_file().exists()
    assert not keyring.kept
    assert CANARY not in ended.out + ended.err
    pipe(monkeypatch, CANARY)
    kept = add(ordex, shop, "--keep", "--format", "json")
    assert (kept.code, kept.document["outcome"], kept.document["tested"]) == (0, "added", True)
    pipe(monkeypatch, CANARY)
    untested = add(ordex, shop, "--no-test", "--format", "json")
    assert (untested.code, untested.document["outcome"]) == (0, "changed")
    assert untested.document["messages"] == ["the keys are not tested"]


def test_a_piped_token_comes_before_every_place(
    ordex: Ordex, shop: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the account of the environment and for a profile, also where another place has a wrong one."""
    environ = {"VOUCHERIFY_APP_ID": shop.app_id, "VOUCHERIFY_API_BASE_URL": shop.url}
    for name, value in {**environ, "VOUCHERIFY_APP_TOKEN": CANARY, "ORDEX_SHOP_APP_TOKEN": CANARY}.items():
        monkeypatch.setenv(name, value)
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'[profiles.shop]\nurl = "{shop.url}"\napp_id = "{shop.app_id}"\n')
    for words in ([], ["--profile", "shop"]):
        assert ordex("list", *words).code == 4
        pipe(monkeypatch, f"{shop.app_token}\n")
        ended = ordex("list", "--token-stdin", *words)
        assert ended.code == 0
        assert shop.app_token not in ended.out + ended.err
    monkeypatch.delenv("VOUCHERIFY_APP_TOKEN")
    pipe(monkeypatch, shop.app_token)
    assert ordex("--token-stdin", "list").code == 0
    pipe(monkeypatch, "two words")
    assert "standard input has characters that a key cannot have" in ordex("list", "--token-stdin").err
    pipe(monkeypatch, shop.app_token)
    assert "takes no token" in ordex("list", "--token-stdin", "--demo").err
    pipe(monkeypatch, shop.app_token)
    both = ordex("create", "--write", "--file", "-", "--token-stdin")
    assert both.code == 2
    assert shop.app_token not in both.out + both.err


def test_what_is_missing_is_wrong_usage(ordex: Ordex) -> None:
    """Where stdin is no terminal nobody is asked; the option is named."""
    ended = ordex("profiles", "add", "shop", "--app-id", "a")
    assert ended.code == 2
    assert "--secret" in ended.err
    assert ordex("profiles", "use").code == 2
    unknown = ordex("profiles", "use", "sandbx")
    assert unknown.code == 2
    assert "did you mean “sandbox”?" in unknown.err
    assert "is built in" in ordex("profiles", "remove", "sandbox").err


def test_no_option_takes_a_token(ordex: Ordex) -> None:
    """An argument list is for everybody on the machine to read."""
    told = ordex("profiles", "--help").out
    assert "--token " not in told
    assert "--token-stdin" in told
    ended = ordex("profiles", "add", "shop", "--token", CANARY)
    assert ended.code == 2
    assert CANARY not in ended.err


def test_a_faulty_settings_file_is_not_made_worse(ordex: Ordex, shop: RunningSandbox) -> None:
    """Its faults are told with their lines; it stays as it is."""
    config_file().parent.mkdir(parents=True)
    config_file().write_text("theem = 'x'\n")
    ended = ordex("profiles")
    assert ended.code == 2
    assert "config.toml:1: there is no setting “theem”; did you mean “theme”?" in ended.err
    assert add(ordex, shop).code == 2
    assert config_file().read_text() == "theem = 'x'\n"


def test_a_profile_that_cannot_be_used_says_why(ordex: Ordex) -> None:
    """In the list; the others are told all the same."""
    config_file().parent.mkdir(parents=True)
    config_file().write_text('[profiles.shop]\n[profiles.test]\napp_id = "a"\n')
    rows = ordex("profiles", "--format", "json").document
    assert "has no application id" in rows[0]["problem"]
    assert rows[1]["secret"] == "the environment variable ORDEX_TEST_APP_TOKEN"


def test_the_profile_that_wins_is_named(ordex: Ordex, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that chooses another one would make “use” look broken."""
    config_file().parent.mkdir(parents=True)
    config_file().write_text('[profiles.shop]\napp_id = "a"\n')
    monkeypatch.setenv("ORDEX_PROFILE", "sandbox")
    ended = ordex("profiles", "use", "shop")
    assert "but “sandbox” is in use here, by an option or the environment" in ended.err
