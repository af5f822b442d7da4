"""A profile that only reads: whatever is tried on whichever surface, nothing but GET reaches the service."""

from __future__ import annotations

import asyncio
import io
import json
import shlex
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.command_line import never_open
from tests.support.parity_surfaces import Window, environment, pointed_at, shop
from tests.support.sandbox import RunningSandbox
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import command
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.cli.invocation import Invocation
from tui.cli.runner import execute
from tui.repl.run_repl import run_repl
from tui.sandbox import serving
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.voucherify.errors import ReadOnly
from tui.wiring import open_session

SCHEMA = Path(__file__).parent.parent / "contract" / "voucherify-orders-openapi.json"
METHODS = ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "post", "X-GET")
LEFT_ALONE = {"quit", "repl", "palette"}

Seen = list[tuple[str, str]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Method and path of every request that reached the sandbox."""
    asked: Seen = []
    create = serving.create_application

    def recording(*args: Any, **options: Any) -> Any:
        application = create(*args, **options)

        async def recorded(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                asked.append((scope["method"], scope["path"]))
            await application(scope, receive, send)

        return recorded

    monkeypatch.setattr(serving, "create_application", recording)
    return asked


@pytest.fixture
def served(seen: Seen) -> Iterator[RunningSandbox]:
    """A shop; what reaches it is in ``seen``."""
    with shop() as sandbox:
        yield sandbox


def paths() -> list[str]:
    """Every path of the schema, filled in."""
    told = json.loads(SCHEMA.read_text())["paths"]
    return sorted(path.replace("{", "").replace("}", "") for path in told)


def words(file: Path) -> list[tuple[str, ...]]:
    """Every verb that would write, each with all that it could want."""
    return [
        ("create", "--set", "source_id=new", "--yes"),
        ("update", "source-7", "--set", "status=CANCELED", "--yes"),
        ("import", str(file), "--yes", "--keep-created-at", "made"),
        ("import", "--resume", "last", "--yes"),
        ("export", "-o", str(file.with_name("out.csv"))),
        ("jobs", "delete", "exp_1", "--yes"),
        ("undo", "--yes"),
    ]


async def test_no_method_on_no_path_leaves_the_adapter(
    served: RunningSandbox, seen: Seen, tmp_path: Path
) -> None:
    """Through the very transport of a session, as the REPL's Python could."""
    environ = environment(served, tmp_path)
    session = open_session(resolve_profile(environ, read_only=True), find_folders(environ))
    for path in paths():
        for method in METHODS:
            request = httpx.Request(method, f"{served.url}{path}", json={})
            if request.method == "GET":
                continue
            with pytest.raises(ReadOnly):
                await session.client._transport.handle_async_request(request)
        await session.client._transport.handle_async_request(httpx.Request("GET", f"{served.url}{path}"))
    await session.aclose()
    assert {method for method, _ in seen} == {"GET"}
    assert len(paths()) >= 8


@pytest.mark.parametrize("form", ["flag", "profile"])
async def test_no_command_writes(
    form: str, served: RunningSandbox, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``--read-only``, and on an account that only reads by itself; each says why with code 5."""
    file = tmp_path / "orders.jsonl"
    file.write_text('{"source_id": "new-1", "amount": 100}\n')
    if form == "profile":
        monkeypatch.setattr("tui.settings.profile_lookup.is_loopback", lambda _: False)
    with pointed_at(served, tmp_path):
        for verb in words(file):
            given = [*verb, "--read-only"] if form == "flag" else [*verb]
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                invocation = Invocation(explore=never_open, repl=never_open)
                code = await asyncio.to_thread(execute, invocation, given)
            assert code != 0, verb
    assert {method for method, _ in seen} <= {"GET"}


async def test_no_line_writes(served: RunningSandbox, seen: Seen, tmp_path: Path) -> None:
    """The same verbs at the prompt, and Python with the adapter in its hands."""
    file = tmp_path / "orders.jsonl"
    file.write_text('{"source_id": "new-1", "amount": 100}\n')
    environ = environment(served, tmp_path)
    calls = (
        "api.create_order({'source_id': 'new'})",
        "api.update_order('source-7', {'status': 'CANCELED'})",
        "api.import_orders([{'source_id': 'new'}])",
        "api.create_order_export()",
        "api.delete_export('exp_1')",
    )
    lines = [shlex.join(verb) for verb in words(file)] + [f"await {call}" for call in calls]
    for line in lines:
        said = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            leave = await run_repl(
                resolve_profile(environ, read_only=True), find_folders(environ), text=line, allow_python=True
            )
        assert leave.code != 0, (line, said.getvalue())
    assert {method for method, _ in seen} <= {"GET"}


@asynccontextmanager
async def reading(served: RunningSandbox, home: Path) -> AsyncIterator[Window]:
    """The explorer on a shop that only reads."""
    environ = environment(served, home)
    app = explorer_app(resolve_profile(environ, read_only=True), find_folders(environ), place=StartPlace())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        opened = Window(served, home, app, pilot)
        await opened.until(lambda: opened.screen.view.snapshot.count > 0)
        await opened.until(
            lambda: opened.screen.flows.changing is not None and opened.screen.flows.jobs is not None
        )
        changing: Any = opened.screen.flows.changing
        await opened.until(lambda: changing.blocked is None)
        yield opened


@pytest.mark.timeout(300)
async def test_no_action_writes(
    served: RunningSandbox, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every action of the registry by its key, and what lies behind them without asking whether it may."""
    monkeypatch.chdir(tmp_path)  # the export of what is seen is taken at its word: it writes a file
    async with reading(served, tmp_path) as window:
        for action in CATALOGUE.values():
            if action.id not in LEFT_ALONE:
                await window.app.run_action(command(action), window.screen)
                await window.press("enter", "ctrl+s", "escape")
                while len(window.app.screen_stack) > 1:
                    await window.press("escape")
        changing, jobs, order = (
            window.screen.flows.changing,
            window.screen.flows.jobs,
            window.screen.view.snapshot.rows[0],
        )
        assert changing is not None
        assert jobs is not None
        mutations = changing._changes.mutations
        plan = await mutations.plan_update(order.raw, {**order.raw, "status": "CANCELED"})
        outcome = await mutations.carry_out(plan)
        assert outcome.state != "DONE"
    assert {method for method, _ in seen} == {"GET"}


async def test_the_same_verbs_write_where_they_may(
    served: RunningSandbox, seen: Seen, tmp_path: Path
) -> None:
    """So that the tests above test something."""
    with pointed_at(served, tmp_path):
        for verb in words(tmp_path / "none")[:2]:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                invocation = Invocation(explore=never_open, repl=never_open)
                assert await asyncio.to_thread(execute, invocation, [*verb, "--write"]) == 0
    assert {method for method, _ in seen} == {"GET", "POST", "PUT"}
