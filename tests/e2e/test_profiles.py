"""A profile is added at a terminal, and opened: the token is typed unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Open
from tests.support.sandbox import an_order, running_sandbox

pytestmark = pytest.mark.terminal


def test_a_token_that_is_typed_is_nowhere_on_the_screen(open_ordex: Open, tmp_path: Path) -> None:
    """Neither while it is typed, nor later; the explorer opens on the account, read-only, as production."""
    with running_sandbox(orders=[an_order(number) for number in range(20)]) as shop:
        environ = {"ORDEX_HOME": str(tmp_path / "home")}
        adding = open_ordex("profiles", "add", environ=environ, size=(100, 30))
        for question, answer in (
            ("Name of the profile:", "shop"),
            ("Region, or an address", shop.url),
            ("Kind of account", "production"),
            ("Application id:", shop.app_id),
            ("Where the token is", "file"),
            ("not shown while you type:", shop.app_token),
        ):
            adding.wait_for(question)
            adding.settle()
            adding.press(answer, "\r")
        adding.wait_for("is added: it starts read-only")
        assert adding.end() == 0
        assert adding.left_behind() == []
        files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
        holders = [path.name for path in files if shop.app_token.encode() in path.read_bytes()]
        assert holders == ["shop.json"]

        typed = open_ordex("profiles", "add", "shop", "--secret", "prompt", environ=environ, size=(100, 30))
        for question, answer in (("an address", ""), ("Kind", ""), ("Application id", "")):
            typed.wait_for(question)
            typed.settle()
            typed.press(answer, "\r")
        typed.wait_for("not shown while you type:")
        typed.settle()
        typed.press(shop.app_token, "\r")
        typed.wait_for("is changed: it starts read-only")
        assert typed.end() == 0
        assert not list((tmp_path / "home" / "config" / "secrets").iterdir())

        exploring = open_ordex("--profile", "shop", environ=environ, size=(100, 30))
        exploring.wait_for("Token of “shop” (PRODUCTION")
        exploring.settle()
        exploring.press(shop.app_token, "\r")
        exploring.wait_for("all 20 loaded")
        assert "PRODUCTION [R]" in exploring.text
        exploring.press("q")
        assert exploring.end() == 0
        for terminal in (adding, typed, exploring):
            assert shop.app_token.encode() not in terminal.raw
