"""``--debug`` and ``--har`` before and behind a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import running_sandbox
from tui.actions.exit_codes import ExitCode

CANARY = "canary-48d1b7"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty sandbox that is served, with a token to look for."""
    with running_sandbox(app_token=CANARY) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", CANARY)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield


@pytest.mark.parametrize("words", [("--debug", "list"), ("list", "--debug")])
def test_each_call_is_told_on_stderr(ordex: Ordex, words: tuple[str, ...]) -> None:
    """With its target and what came of it; stdout stays data, and the token is in neither."""
    ended = ordex(*words, "--format", "json")
    assert ended.document == []
    assert "GET /v1/orders?limit=" in ended.err
    assert " 200, " in ended.err
    assert CANARY not in ended.out + ended.err


def test_without_the_option_nothing_is_told(ordex: Ordex) -> None:
    """Calls are nobody's concern."""
    assert "/v1/orders" not in ordex("list").err


def test_a_refused_call_is_told_with_the_services_id(ordex: Ordex) -> None:
    """Support asks for it."""
    ended = ordex("get", "nothing", "--debug")
    assert ended.code == ExitCode.NOT_FOUND
    assert "GET /v1/orders/nothing 404" in ended.err
    line = next(line for line in ended.err.splitlines() if line.startswith("GET"))
    assert line.rpartition(", ")[2].startswith("v-")


def test_the_calls_are_written_to_a_private_file(ordex: Ordex, tmp_path: Path) -> None:
    """Also when the command fails, and without the token."""
    target = tmp_path / "calls.har"
    ended = ordex("get", "nothing", "--har", str(target))
    assert ended.code == ExitCode.NOT_FOUND
    assert target.stat().st_mode & 0o777 == 0o600
    (entry,) = json.loads(target.read_text())["log"]["entries"]
    assert entry["response"]["status"] == 404
    assert CANARY not in target.read_text()


def test_a_file_that_is_there_is_kept(ordex: Ordex, tmp_path: Path) -> None:
    """Nothing is sent; nor is it where the folder does not exist."""
    target = tmp_path / "calls.har"
    target.write_text("mine")
    for har in (target, tmp_path / "no" / "calls.har"):
        ended = ordex("list", "--debug", "--har", str(har))
        assert ended.code == ExitCode.USAGE
        assert "GET" not in ended.err
    assert target.read_text() == "mine"


@pytest.mark.parametrize("words", [(), ("repl",), ("--linear",)])
def test_screens_say_where_they_show_their_calls(ordex: Ordex, words: tuple[str, ...]) -> None:
    """The options are for commands."""
    ended = ordex("--debug", *words)
    assert ended.code == ExitCode.USAGE
    assert "to see the calls" in ended.err
