"""``requests`` in the REPL: the calls of the session, over a sandbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.repl_sessions import FakePerson, profile
from tests.support.sandbox import APP_TOKEN, an_order, in_process
from tests.support.sandbox_clients import client_of
from tui.actions.exit_codes import ExitCode
from tui.repl.connection import Connection
from tui.repl.interpreter import Interpreter
from tui.repl.output import Output
from tui.settings.folders import Folders
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.snippets import LANGUAGES

HOSTILE = "\x1b]0;x\x07\u202e"


@dataclass
class _Opening:
    client: VoucherifyClient
    name: str = "shop"
    kind: str = "sandbox"
    address: str = "sandbox.test"
    read_only: bool = False
    remark: str = ""

    @property
    def base_url(self) -> str:
        return self.client.address.url

    async def open(self) -> Any:
        return self

    async def aclose(self) -> None:
        await self.client.aclose()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Interpreter]:
    """An interpreter on a sandbox with one plain order and one whose texts would act on a terminal."""
    with in_process(orders=[an_order(1), an_order(2, source_id=HOSTILE)]) as sandbox:
        opening = _Opening(client_of(sandbox))
        yield Interpreter(
            connection=Connection(profile(), lambda *_: opening),
            folders=Folders(tmp_path / "config", tmp_path / "state", tmp_path / "data"),
            output=Output(),
            person=FakePerson(),
            allow_python=lambda: False,
        )


async def test_before_the_first_call_there_is_none(
    session: Interpreter, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asking makes none either."""
    assert await session.execute("requests") == ExitCode.DONE
    assert "no call was made" in capsys.readouterr().err


async def test_calls_are_listed_newest_first(
    session: Interpreter, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what came of each; words choose among them, and looking costs nothing."""
    await session.execute("list limit 1")
    await session.execute("get nothing")
    capsys.readouterr()
    await session.execute("requests")
    first, second = capsys.readouterr().out.splitlines()
    assert "GET /v1/orders/nothing 404" in first
    assert "GET /v1/orders?limit=1" in second
    await session.execute("requests where 4xx")
    assert capsys.readouterr().out.count("\n") == 1
    assert session.connection.calls_made == 2


async def test_a_call_is_shown_whole(session: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """Headers, rate limit and the document that was answered; nothing of it acts on the terminal."""
    await session.execute("list limit 5")
    capsys.readouterr()
    assert await session.execute("requests show 1") == ExitCode.DONE
    out = capsys.readouterr().out
    assert "Content-Type: application/json" in out
    assert '"source_id": "source-1"' in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert APP_TOKEN not in out


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_call_is_copied_as_code(
    session: Interpreter, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """In each language, with the address of the profile and the keys as variables."""
    await session.execute("get source-1")
    capsys.readouterr()
    assert await session.execute(f"requests copy 1 as {language}") == ExitCode.DONE
    out = capsys.readouterr().out
    assert "source-1" in out
    assert "https://sandbox.test" in out
    assert "VOUCHERIFY_APP_TOKEN" in out
    assert APP_TOKEN not in out


async def test_a_get_is_made_once_more(session: Interpreter, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a call of its own; what changes something is refused and not sent."""
    await session.execute("get source-1")
    capsys.readouterr()
    assert await session.execute("requests again 1") == ExitCode.DONE
    assert "again 1" in capsys.readouterr().out
    assert session.connection.opened is not None
    await session.connection.opened.client.create_order({"source_id": "new"})
    assert await session.execute("requests again 3") != ExitCode.DONE
    assert session.connection.calls_made == 3


async def test_calls_are_written_as_har(
    session: Interpreter, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A private file without the token; one that is there stays as it is."""
    await session.execute("get source-1")
    target = tmp_path / "calls.har"
    assert await session.execute(f"requests har {target}") == ExitCode.DONE
    assert target.stat().st_mode & 0o777 == 0o600
    text = target.read_text()
    assert [entry["request"]["method"] for entry in json.loads(text)["log"]["entries"]] == ["GET"]
    assert APP_TOKEN not in text
    await session.execute("get source-1")
    assert await session.execute(f"requests har {target}") == ExitCode.USAGE
    assert target.read_text() == text


@pytest.mark.parametrize("line", ["show", "show x", "show 9", "copy 9", "again", "har", "copy 1 as cobol"])
async def test_what_cannot_be_is_told(session: Interpreter, line: str) -> None:
    """Nothing is sent."""
    await session.execute("get source-1")
    assert await session.execute(f"requests {line}") == ExitCode.USAGE
    assert session.connection.calls_made == 1
