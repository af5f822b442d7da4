"""A token in the system's keyring, which may be absent, locked, hanging or no keyring at all."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.support.fake_keyring import (
    Backend,
    Chain,
    Hanging,
    Locked,
    PlainText,
    ReadOnly,
    Renamed,
    Unable,
    Weak,
    install,
)
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.keyring_token import SECONDS, KeyringToken

TOKEN = "canary-of-the-keyring"
HERE = "https://api.voucherify.io"


def source(name: str = "shop", origin: str = HERE, seconds: float = SECONDS) -> KeyringToken:
    """The token of a profile."""
    return KeyringToken(name, origin, seconds=seconds)


def test_what_is_kept_is_read_until_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the profile's name, each profile its own; forgetting twice is no fault."""
    backend = Backend()
    install(monkeypatch, backend)
    source().keep(Secret(TOKEN))
    source("test").keep(Secret("another-token"))
    assert source().read().reveal() == TOKEN
    assert set(backend.kept) == {("ordex", "shop"), ("ordex", "test")}
    source().forget()
    source().forget()
    with pytest.raises(SettingsError, match="has no token of the profile “shop”; ordex profiles add shop"):
        source().read()


def test_a_token_is_for_the_origin_that_it_was_kept_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the settings file was edited by hand."""
    install(monkeypatch, Backend())
    source().keep(Secret(TOKEN))
    with pytest.raises(
        SettingsError, match=r"holds the token for https://api\.voucherify\.io, and"
    ) as raised:
        source(origin="https://evil.example").read()
    assert TOKEN not in str(raised.value)


def test_what_somebody_else_put_there_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a bare text nor half of what Ordex writes."""
    backend = Backend()
    install(monkeypatch, backend)
    for kept in ("bare", "{}", "[]", '{"origin": "https://api.voucherify.io"}', '{"origin": 1, "token": 2}'):
        backend.kept["ordex", "shop"] = kept
        with pytest.raises(SettingsError, match="that Ordex did not store"):
            source().read()


def refusals(seconds: float = SECONDS) -> list[str]:
    """What reading, keeping and forgetting say, none of which may succeed."""
    said = []
    for attempt in (
        source(seconds=seconds).read,
        lambda: source(seconds=seconds).keep(Secret(TOKEN)),
        source(seconds=seconds).forget,
    ):
        begun = time.monotonic()
        with pytest.raises(SettingsError) as raised:
            attempt()
        assert time.monotonic() - begun < seconds + 0.5
        assert raised.value.__cause__ is None
        said.append(str(raised.value))
    assert TOKEN not in "".join(said)
    return said


def test_an_absent_package_is_an_extra_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is kept anywhere else instead."""
    monkeypatch.chdir(tmp_path)
    install(monkeypatch, None)
    assert all("pip install 'ordex[keyring]'" in said for said in refusals())
    assert not list(tmp_path.rglob("*"))


def test_a_locked_keyring_is_named_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend's own words are told, but for secrets in them."""
    backend = Locked()
    install(monkeypatch, backend)
    said = refusals()
    assert "the keyring cannot be used (RuntimeError: Prompt dismissed)" in said[0]
    assert "Prompt dismissed for" in said[1]
    assert "***" in said[1]
    assert not backend.kept


def test_a_keyring_that_hangs_costs_three_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the real limit, and the process is not held up at its end."""
    backend = Hanging()
    install(monkeypatch, backend)
    begun = time.monotonic()
    with pytest.raises(SettingsError, match="did not answer within 3 seconds"):
        source().read()
    assert SECONDS == 3.0
    assert time.monotonic() - begun < 3.5
    backend.let.set()


def test_what_is_kept_too_late_is_taken_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person was told that nothing was kept."""
    backend = Hanging()
    install(monkeypatch, backend)
    assert all("did not answer within 0.2 seconds" in said for said in refusals(seconds=0.2))
    backend.let.set()
    assert backend.done.wait(5)
    assert not backend.kept


@pytest.mark.parametrize("kind", [PlainText, Renamed, Weak, Unable])
def test_what_is_no_keyring_is_neither_read_nor_written(
    monkeypatch: pytest.MonkeyPatch, kind: type[Backend]
) -> None:
    """Plain text by whatever name, what is not recommended, what cannot work; alone or in a chain."""
    for backend in (kind(), Chain(kind(), Chain(kind()))):
        backend.kept["ordex", "shop"] = '{"origin": "https://api.voucherify.io", "token": "canary-in-plain"}'
        before = dict(backend.kept)
        install(monkeypatch, backend)
        assert all("no secure keyring was found" in said for said in refusals())
        assert backend.kept == before


def test_of_a_chain_only_keyrings_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes no entries is passed over; plain text is not, whatever it holds."""
    plain, other, good = PlainText(), ReadOnly(), Backend()
    plain.kept["ordex", "shop"] = '{"origin": "https://api.voucherify.io", "token": "canary-in-plain"}'
    install(monkeypatch, Chain(plain, other, good))
    with pytest.raises(SettingsError, match="has no token"):
        source().read()
    source().keep(Secret(TOKEN))
    assert source().read().reveal() == TOKEN
    assert [len(backend.kept) for backend in (plain, other, good)] == [1, 0, 1]
    install(monkeypatch, Chain(other))
    with pytest.raises(SettingsError, match="takes no new entries"):
        source().keep(Secret(TOKEN))


def test_the_package_is_imported_only_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred milliseconds that nobody else pays."""
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    assert source().where == "the keyring"
    assert "keyring" not in sys.modules
