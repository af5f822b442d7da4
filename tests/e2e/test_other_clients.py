"""Another client writes to the account that Ordex shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import voucherify

from tests.e2e.conftest import Open
from tests.support.pseudo_terminal import ROOT
from tests.support.served_process import account, served_process

pytestmark = pytest.mark.terminal


def create(told: dict[str, str], source_id: str) -> str:
    """An order made by the vendor's own client; its id."""
    configuration = voucherify.Configuration(
        host=told["url"], api_key={"X-App-Id": told["app_id"], "X-App-Token": told["app_token"]}
    )
    configuration.proxy = None
    with voucherify.ApiClient(configuration) as client:
        body = voucherify.OrdersCreateRequestBody(source_id=source_id, amount=123_456)
        made = voucherify.OrdersApi(client).create_order(body)
        client.rest_client.pool_manager.clear()
    return str(made.id)


def listed(told: dict[str, str]) -> list[dict[str, object]]:
    """What ``ordex list`` prints."""
    ended = subprocess.run(
        [sys.executable, "-m", "tui", "list", "--limit", "3", "--format", "json"],
        cwd=ROOT, env={**os.environ, **account(told)}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return list(json.loads(ended.stdout))


def test_what_another_client_creates_appears(open_ordex: Open) -> None:
    """In ``ordex list`` at once, and in the explorer after ``r``."""
    with served_process("--orders", "150") as told:
        terminal = open_ordex(size=(200, 50), environ=account(told))
        terminal.wait_for("100 of 150")
        made = create(told, "made-elsewhere")
        newest = listed(told)[0]
        assert (newest["id"], newest["source_id"], newest["amount"]) == (made, "made-elsewhere", 123_456)
        assert made not in terminal.text
        terminal.press("r")
        terminal.wait_for("101 of 151")
        terminal.wait_for(lambda screen: made in screen and "1,234.56" in screen)
        terminal.press("q")
        assert terminal.end() == 0
    assert terminal.left_behind() == []
