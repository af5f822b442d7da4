"""A stand-alone sandbox: its first line, its signals, its guard."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.sandbox import running_sandbox
from tui.sandbox.serving import CannotListen, SandboxServer, ServeOptions
from tui.sandbox.store import Store

PROGRAM = """
import sys
from pathlib import Path
from tui.sandbox.serving import ServeOptions, serve
serve(ServeOptions(data=Path(sys.argv[1]), orders=0), announce=lambda line: print(line, flush=True))
"""


@contextmanager
def served(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A sandbox in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_announces_itself_and_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """One line of JSON once it listens; exit code 0 and nothing more at a signal; the data is kept."""
    path = tmp_path / "sandbox"
    with served(path) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert set(told) == {"url", "app_id", "app_token"}
        headers = {"X-App-Id": told["app_id"], "X-App-Token": told["app_token"]}
        answer = httpx.post(
            f"{told['url']}/v1/orders", json={"source_id": "kept"}, headers=headers, trust_env=False
        )
        assert answer.status_code == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")
    with Store(path) as store, store.reading() as transaction:
        assert transaction.orders.by_source_id("kept") is not None


def test_other_hosts_are_refused() -> None:
    """A page of another site that resolves to this machine gets nothing, with the keys or without."""
    with running_sandbox() as sandbox, httpx.Client(base_url=sandbox.url, trust_env=False) as client:
        for host, status in (("evil.example", 403), ("localhost:80", 200), ("[::1]", 200), ("[", 403)):
            answer = client.get("/v1/orders", headers={**sandbox.headers, "Host": host})
            assert answer.status_code == status


def test_a_port_that_is_taken_is_told() -> None:
    """The address, the port and the reason."""
    with running_sandbox() as sandbox, Store() as store:
        port = int(sandbox.url.rpartition(":")[2])
        with pytest.raises(CannotListen, match=f"127.0.0.1 port {port}: Address already in use"):
            SandboxServer(store, ServeOptions(port=port))


def test_the_secret_is_not_in_the_options_text() -> None:
    """A repr of the options does not hold the token."""
    assert "hush" not in repr(ServeOptions(app_token="hush"))
