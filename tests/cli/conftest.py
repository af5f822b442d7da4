"""The command line, and a sandbox on loopback that it is pointed at."""

from collections.abc import Iterator

import pytest

from tests.support.command_line import Ordex, command_line
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox

ORDERS = [
    an_order(
        number,
        status="PAID" if number % 2 else "CREATED",
        metadata={"channel": "web" if number % 3 else "app"},
    )
    for number in range(250)
]


@pytest.fixture
def ordex(capsys: pytest.CaptureFixture[str]) -> Ordex:
    """``ordex(*words)`` runs one command line in this process."""
    return command_line(capsys)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSandbox]:
    """A sandbox of 250 orders over real HTTP; the environment names it as the account."""
    with running_sandbox(orders=ORDERS) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield sandbox
