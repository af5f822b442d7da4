"""The short way into the explorer means what the long way means."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.cli.fast_start import can_start_fast, fast_start_profile
from tui.cli.invocation import Invocation
from tui.cli.runner import execute
from tui.settings.folders import find_folders
from tui.settings.profile import Profile

LINES = [
    [],
    ["--demo"],
    ["--read-only"],
    ["--write"],
    ["--demo", "--read-only"],
    ["--profile", "sandbox"],
    ["--profile=sandbox", "--read-only"],
    ["--profile", "sandbox", "--demo"],
]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path))


@pytest.mark.parametrize("arguments", LINES)
@pytest.mark.parametrize("account", ["none", "keys", "settings"])
def test_both_ways_open_the_same_account(
    arguments: list[str], account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kind, address and what may be changed are the parser's."""
    if account == "keys":
        monkeypatch.setenv("VOUCHERIFY_APP_ID", "id")
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "token")
    if account == "settings":
        path = find_folders(os.environ).config_file
        path.parent.mkdir()
        path.write_text('profile = "shop"\n[profiles.shop]\napp_id = "id"\n')
    opened: list[Profile] = []

    def explore(profile: Profile, *_: object, **__: object) -> int:
        opened.append(profile)
        return 0

    assert execute(Invocation(explore=explore, repl=explore), arguments) == 0
    short = fast_start_profile(arguments, find_folders(os.environ))
    assert short is not None
    named = {"--demo", "--profile", "--profile=sandbox"}.intersection(arguments)
    assert account != "settings" or named or short.name == "shop"
    assert short.name == opened[0].name
    assert (short.name, short.kind, short.base_url, short.read_only) == (
        opened[0].name,
        opened[0].kind,
        opened[0].base_url,
        opened[0].read_only,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["--version"],
        ["--demo", "--theme", "x"],
        ["--dem"],
        ["-h"],
        ["--profile"],
        ["--profile", "--demo"],
        ["--profile="],
        ["--profile", "shop", "list"],
        ["--prof", "shop"],
        ["--read-only", "--write"],
        ["--profile", "a", "--profile=b"],
        ["sandbox"],
    ],
)
def test_what_says_more_goes_the_long_way(arguments: list[str]) -> None:
    """The parser knows what it means, and what is wrong with it."""
    assert not can_start_fast(arguments)
    assert can_start_fast(["--demo"])


def test_a_profile_that_is_not_there_goes_the_long_way() -> None:
    """It is told there which ones are."""
    assert can_start_fast(["--profile", "nobody"])
    assert fast_start_profile(["--profile", "nobody"], find_folders(os.environ)) is None


def test_without_a_terminal_the_long_way_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way has no words for it."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert not can_start_fast([])


def test_half_an_account_goes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends in a sentence there."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "id")
    monkeypatch.delenv("VOUCHERIFY_APP_TOKEN", raising=False)
    assert fast_start_profile([], find_folders(os.environ)) is None


def test_the_first_frame_waits_for_nothing_heavy() -> None:
    """Not even for the standard library's typing."""
    heavy = ("typing", "dataclasses", "click", "textual", "pydantic", "re")
    code = f"import tui.__main__, sys; print([name for name in {heavy!r} if name in sys.modules])"
    # -S: an environment's own start-up files may import what they like.
    told = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
