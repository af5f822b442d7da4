"""The token is in no file, log, database, output, argument list or child's environment.

A session of 200 steps on the command line, in the REPL and in the explorer, on a service that repeats the
token wherever it can, redirects elsewhere and breaks.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.endings import Running
from tests.support.loopback import Exchange, Loopback, loopback
from tests.support.pseudo_terminal import ROOT
from tests.support.sandbox import APP_ID, RunningSandbox, an_order, running_sandbox

CANARY = "canary-7d1c0b52-55aa-4f0e"
LEAST = 200


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    """A sandbox whose key is the canary."""
    with running_sandbox(orders=map(an_order, range(120)), app_token=CANARY) as sandbox:
        yield sandbox


@contextmanager
def repeating() -> Iterator[str]:
    """A service that tells the token back in errors, headers and redirects; gives its address."""
    ready, over = threading.Event(), threading.Event()
    running: list[Loopback] = []

    async def repeat(exchange: Exchange) -> None:
        token = exchange.headers.get("x-app-token", "")
        if "redirect" in exchange.target:
            await exchange.answer(307, {"message": token}, Location=f"http://127.0.0.1:1/?token={token}")
        else:
            body = {"code": 401, "message": f"bad token {token}", "details": token, "key": "unauthorized"}
            await exchange.answer(401, body, X_Request_Id=token, Server=token)

    async def serve() -> None:
        async with loopback(repeat) as server:
            running.append(server)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield running[0].url
    finally:
        over.set()
        thread.join(20)


class Session:
    """Runs Ordex and keeps all that it said."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self.steps = 0
        self.said: list[str] = []
        self.environ = {
            **os.environ,
            "ORDEX_HOME": str(home),
            "ORDEX_DEBUG": "1",
            "VOUCHERIFY_APP_ID": APP_ID,
            "VOUCHERIFY_APP_TOKEN": CANARY,
            "VOUCHERIFY_API_BASE_URL": url,
        }

    def run(self, *words: str, steps: int = 1, text: str | None = None) -> str:
        """One command line."""
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            cwd=ROOT, env=self.environ, input=text, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.steps += steps
        self.said.append(done.stdout + done.stderr)
        return done.stdout + done.stderr


def lines(folder: Path) -> list[str]:
    """What is typed in the REPL; programs tell what they were given."""
    told = folder / "told"
    return [
        *(f"get source-{number}" for number in range(90)),
        *(f"list limit {number} page 1 | env >> {told}" for number in range(1, 20)),
        *(f"get source-{number} | tr '\\0' '\\n' < /proc/$PPID/cmdline >> {told}" for number in range(20)),
        *("list where status:paid", "jobs", "journal", "get nowhere") * 10,
        *(f"update source-{number} --set status=PAID --yes" for number in range(20)),
        "undo --yes",
        f"export -o {folder / 'repl.csv'}",
        f"list limit 5 > {folder / 'list.json'}",
        "py api",
        "py vars(api)",
        "py [repr(call) for call in api.calls.snapshot()]",
        "await api.get_order('nowhere')",
    ]


@pytest.mark.timeout(400)
@pytest.mark.terminal
def test_the_token_is_nowhere(served: RunningSandbox, tmp_path: Path) -> None:
    """Two hundred steps, a crash, redirects, a download, a copied command: not one copy of it."""
    session = Session(tmp_path / "home", served.url)
    typed = lines(tmp_path)
    for at in range(0, len(typed), 50):
        session.run("repl", text="\n".join(typed[at : at + 50]), steps=len(typed[at : at + 50]))
    for words in (
        ("list", "--all", "--format", "json"),
        ("export", "-o", str(tmp_path / "out.csv")),
        ("update", "source-3", "--set", "status=CANCELED", "--dry-run"),
        ("create", "--set", "source_id=made", "--yes"),
        ("jobs", "--format", "json"),
        ("doctor",),
        ("config", "show"),
        ("list", "--where", "amount>>1"),
    ):
        session.run(*words)
    with repeating() as url:
        session.environ["VOUCHERIFY_API_BASE_URL"] = url
        for words in (
            ("list",),
            ("get", "x", "--format", "json"),
            ("get", "redirect"),
            ("jobs",),
            ("doctor",),
        ):
            session.run(*words)
    crashed = Running("fault key", session.home, dict(session.environ, VOUCHERIFY_API_BASE_URL=served.url))
    try:
        crashed.terminal.wait_for("loaded", limit=60)
        ended = crashed.end()
    finally:
        crashed.terminal.close()
    assert session.steps >= LEAST
    assert b"a planted fault with ***" in ended.raw
    assert CANARY.encode() not in ended.raw
    assert [said for said in session.said if CANARY in said] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []
    assert (tmp_path / "told").read_text().count("ORDEX_HOME=") >= 10
