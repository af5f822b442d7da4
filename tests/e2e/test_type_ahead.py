"""Keys typed before a question could be read do not answer it, in a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Open
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox

pytestmark = pytest.mark.terminal


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    """A sandbox with an order to be changed."""
    with running_sandbox(orders=[an_order(number) for number in range(3)]) as served:
        yield served


def account(sandbox: RunningSandbox) -> dict[str, str]:
    """The environment that names the sandbox."""
    return {
        "VOUCHERIFY_APP_ID": sandbox.app_id,
        "VOUCHERIFY_APP_TOKEN": sandbox.app_token,
        "VOUCHERIFY_API_BASE_URL": sandbox.url,
    }


def status(sandbox: RunningSandbox) -> str:
    """The order's status as the service has it."""
    with sandbox.store.reading() as transaction:
        text = transaction.orders.page("-created_at", limit=1, offset=0, nulls="smallest")[0]
    return "PAID" if '"PAID"' in text else "CREATED"


def test_a_command_asks_anew(open_ordex: Open, sandbox: RunningSandbox) -> None:
    """A yes that was typed while the command started is dropped; one that is typed at the prompt counts."""
    words = ("update", "source-2", "--set", "status=PAID")
    terminal = open_ordex(*words, environ=account(sandbox))
    terminal.press("y\r", "y\r")
    terminal.wait_for("[y/N]", limit=60)
    assert status(sandbox) == "CREATED"
    terminal.press("y\r")
    assert terminal.end(limit=60) == 0
    assert status(sandbox) == "PAID"
    assert terminal.left_behind() == []


@pytest.mark.parametrize(("mode", "prompt"), [((), "[y/N]"), (("--linear",), "y or n:")])
def test_the_repl_asks_anew(
    mode: tuple[str, ...], prompt: str, open_ordex: Open, sandbox: RunningSandbox
) -> None:
    """A pasted line with its answer behind it sent the change before the question was on the screen."""
    terminal = open_ordex("repl", "--write", *mode, environ=account(sandbox))
    terminal.wait_for("read and write", limit=60)
    terminal.press("update source-2 --set status=PAID\ry\r")
    terminal.wait_for(prompt, limit=60)
    assert status(sandbox) == "CREATED"
    terminal.press("n\r")
    terminal.settle(0.3)
    terminal.press("exit\r")
    assert terminal.end(limit=60) == 0
    assert status(sandbox) == "CREATED"
    assert terminal.left_behind() == []
