"""No secret is in a file, log, database, output, argument list or child's environment.

One session of more than 200 steps on the command line, in the REPL and in the explorer, with a key pair and
with an OAuth client, on a service that repeats secrets wherever it can, redirects elsewhere and breaks.
"""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.canary import Canaries, Onlooker
from tests.support.endings import Running
from tests.support.exploring import Exploring
from tests.support.loopback import Exchange, Loopback, loopback
from tests.support.pseudo_terminal import ROOT
from tests.support.sandbox import APP_ID, RunningSandbox, an_order, running_sandbox
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.inspector.call_details import CallScreen
from tui.app.inspector.inspector_screen import InspectorScreen
from tui.app.jobs.export_screen import ExportScreen
from tui.app.jobs.jobs_screen import JobsScreen
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.sandbox.http.authentication import SandboxToken, SandboxTokens
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome

CANARY = "canary-7d1c0b52/55aa+4f0e'\"="
"""The key, and the OAuth client's secret: with signs that JSON, a URL and a shell spell otherwise."""

ACCESS = "access-canary-91b7/0c+44"
"""The access token that the repeating service gives."""

LEAST = 200
LANGUAGES = 7


@pytest.fixture
def canaries(monkeypatch: pytest.MonkeyPatch) -> Canaries:
    """The secrets, and each access token that the sandbox issues."""
    found = Canaries(CANARY, ACCESS)
    issue = SandboxTokens.issue

    def noted(self: SandboxTokens, *args: Any) -> SandboxToken:
        token = issue(self, *args)
        found.add(token.text)
        return token

    monkeypatch.setattr(SandboxTokens, "issue", noted)
    return found


@pytest.fixture
def served(canaries: Canaries) -> Iterator[RunningSandbox]:
    """A sandbox whose key is the canary."""
    with running_sandbox(orders=map(an_order, range(120)), app_token=CANARY) as sandbox:
        yield sandbox


@contextmanager
def repeating() -> Iterator[str]:
    """A service that tells secrets back in errors, headers and redirects; gives its address."""
    ready, over = threading.Event(), threading.Event()
    running: list[Loopback] = []

    async def repeat(exchange: Exchange) -> None:
        token = exchange.headers.get("x-app-token", "") + exchange.headers.get("authorization", "")
        coded = b64encode(f"{APP_ID}:{token}".encode()).decode()
        if exchange.target.startswith("/v1/oauth/"):
            await exchange.answer(200, {"access_token": ACCESS, "expires_in": 900, "token_type": "Bearer"})
        elif "redirect" in exchange.target:
            place = f"http://127.0.0.1:1/{quote(token, safe='')}?token={quote(token)}&again={coded}"
            await exchange.answer(307, {"message": token}, Location=place)
        else:
            body = {"code": 401, "message": f"bad token {token}", "details": coded, "key": "unauthorized"}
            await exchange.answer(401, body, X_Request_Id=token, Server=coded)

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

    def __init__(self, folder: Path, url: str, echo: str, onlooker: Onlooker) -> None:
        self.folder = folder
        self.onlooker = onlooker
        self.steps = 0
        self.said: list[str] = []
        self.environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ORDEX_HOME": str(folder / "home"),
            "ORDEX_DEBUG": "1",
            "VOUCHERIFY_APP_ID": APP_ID,
            "VOUCHERIFY_APP_TOKEN": CANARY,
            "VOUCHERIFY_API_BASE_URL": url,
            "ORDEX_SOFT_APP_TOKEN": CANARY,
            "ORDEX_LOUD_APP_TOKEN": CANARY,
        }
        config = find_folders(self.environ).config_file
        config.parent.mkdir(parents=True)
        profiles = (("soft", url), ("loud", echo))
        config.write_text(
            "".join(
                f'[profiles.{name}]\nurl = "{at}"\napp_id = "{APP_ID}"\nauth = "oauth"\nkind = "sandbox"\n'
                for name, at in profiles
            )
        )

    def run(self, *words: str, steps: int = 1, text: str | None = None) -> str:
        """One command line."""
        with subprocess.Popen(
            [sys.executable, "-m", "tui", *words],
            cwd=self.folder / "here", env=self.environ, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            self.onlooker.started.add(process.pid)
            out, err = process.communicate(text)
        self.steps += steps
        self.said.append(out + err)
        return out + err

    def converse(self, *lines: str, options: tuple[str, ...] = (), fails: bool = False) -> str:
        """Lines in the REPL, of which none fails but the last where that is wanted."""
        said = self.run("repl", *options, text="\n".join(lines), steps=len(lines))
        assert (f"stopped at line {len(lines)}" in said) if fails else ("stopped at" not in said), said[-500:]
        return said


def lines(folder: Path) -> list[str]:
    """What is typed in the REPL; programs tell what they were given."""
    told = folder / "told"
    return [
        *(f"get source-{number}" for number in range(120)),
        *(f"list limit {number} page 1 | env >> {told}" for number in range(1, 6)),
        *(f"get source-{number} | tr '\\0' '\\n' < /proc/$PPID/cmdline >> {told}" for number in range(5)),
        *("list where status:paid", "jobs", "journal", "doctor", "config show") * 4,
        *(f"update source-{number} --set status=PAID --yes" for number in range(8)),
        "undo --yes",
        f"export --output {folder / 'repl.csv'}",
        f"list limit 5 > {folder / 'list.json'}",
        "py api",
        "py vars(api)",
        "py [repr(call) for call in api.calls.snapshot()]",
        "await api.get_order('nowhere')",
    ]


def commands(session: Session) -> None:
    """Each told in full and kept as an archive; the first import goes on by itself."""
    rows = session.folder / "rows.jsonl"
    rows.write_text("".join(f"{json.dumps({'source_id': f'IMP-{n}', 'amount': n})}\n" for n in range(3)))
    for at, words in enumerate((
        ("import", str(rows), "--yes", "--detach"),
        ("list", "--profile", "soft", "--format", "json", "--token-stdin"),
        ("export", "-o", str(session.folder / "out.csv"), "--profile", "soft"),
        ("update", "source-3", "--set", "status=CANCELED", "--dry-run"),
        ("get", "redirect", "--profile", "loud", "--format", "json"),
        ("get", "x", "--profile", "loud"),
    )):  # fmt: skip
        piped = CANARY if "--token-stdin" in words else None
        session.run(*words, "--debug", "--har", str(session.folder / f"{at}.har"), text=piped)


async def explore(session: Session, canaries: Canaries) -> None:
    """The inspector with all that it copies and saves, an export, jobs; a picture of every screen."""
    profile = resolve_profile(
        session.environ, config_file=find_folders(session.environ).config_file, name="soft", read_only=False
    )
    app = explorer_app(profile, find_folders(session.environ), place=StartPlace())
    copied: list[str] = []

    def keep(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("file", "test"), len(text), "kept by the test")

    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        opened = Exploring(app, pilot, None)  # type: ignore[arg-type] # the session is a real one

        async def shows(screen: type[Any], *keys: str) -> Any:
            await opened.press(*keys)
            session.steps += len(keys)
            await opened.until(
                lambda: isinstance(app.screen, screen) and getattr(app.screen, "accepts_keys", True)
            )
            session.said.append(opened.text)
            picture = session.folder / f"{screen.__name__}.svg"
            if not picture.exists():
                picture.write_text(app.export_screenshot())
            return app.screen

        await opened.until(lambda: opened.screen.view.snapshot.count > 0)
        await opened.until(
            lambda: opened.screen.flows.changing is not None and opened.screen.flows.jobs is not None
        )
        home = type(opened.screen)
        inspector = await shows(InspectorScreen, "R")
        inspector._copy_text = keep
        chooser = await shows(Chooser, "y")
        offered = [option.id for option in chooser.query_one(ChoiceList).options]
        await shows(InspectorScreen, "down", "enter")
        for what in offered:
            inspector._copy(inspector.call, what)
        await shows(CallScreen, "enter")
        await shows(InspectorScreen, "escape", "a")
        (await shows(PathDialog, "w")).query_one("#target").value = str(session.folder / "seen.har")
        await shows(InspectorScreen, "enter")
        await opened.until((session.folder / "seen.har").exists)
        exporting = await shows(ExportScreen, "escape", "x")
        exporting.query_one("#what").value = "the whole account"
        exporting.query_one("#file").value = str(session.folder / "explorer.csv")
        await shows(home, "ctrl+s")
        await opened.until((session.folder / "explorer.csv").exists)
        await shows(JobsScreen, "J")
        await shows(home, "escape", "enter", "6", "escape", "question_mark", "escape")
        await shows(Chooser, "p")
        await shows(home, "escape")
    assert len(copied) == len(offered) + 1 > LANGUAGES
    assert any("VOUCHERIFY_APP_TOKEN" in text for text in copied)
    session.said += copied


def crash(session: Session) -> bytes:
    """In a terminal: what is copied goes through it, and the traceback of a fault that names the key."""
    crashed = Running("fault key", session.folder / "home", session.environ)
    session.onlooker.started.add(crashed.terminal.child.pid)
    try:
        crashed.terminal.wait_for("loaded", limit=60)
        crashed.terminal.insist("R", lambda screen: "calls shown" in screen or "call shown" in screen)
        crashed.terminal.insist("y", "as curl")
        crashed.terminal.press("\r", "\x1b")
        crashed.terminal.wait_for("newest first")
        session.steps += 5
        return crashed.end().raw
    finally:
        crashed.terminal.close()


def test_whoever_looks_finds_a_secret_in_each_spelling(tmp_path: Path) -> None:
    """In a text, a database and the name of a file; a test that finds nothing would find it here."""
    looking = Canaries(CANARY)
    basic = b64encode(f"{APP_ID}:{CANARY}!".encode()).decode()
    for told in (
        CANARY,
        quote(CANARY),
        json.dumps(CANARY),
        shlex.quote(CANARY),
        basic,
        CANARY.encode().hex(),
    ):
        assert looking.found(f"<{told}>") == [CANARY]
    assert looking.found(CANARY[:-1]) == []
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as database:
        database.execute("create table kept (text)")
        database.execute("insert into kept values (?)", ("." * 6000 + CANARY,))
        database.commit()
    (tmp_path / "harmless").write_text("harmless")
    assert looking.found_below(tmp_path) == [str(tmp_path / "kept.sqlite3")]


@pytest.mark.timeout(400)
@pytest.mark.terminal
def test_no_secret_is_anywhere(
    canaries: Canaries, served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash, redirects, downloads, archives, pictures, a copied command in each language: not one copy."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    onlooker = Onlooker(tmp_path / "home")
    with repeating() as echo:
        session = Session(tmp_path, served.url, echo, onlooker)
        with onlooker:
            session.converse(*lines(tmp_path), fails=True)
            told = f"get source-1 | env >> {tmp_path / 'told'}"
            session.converse(
                told, "jobs", "use loud", "get redirect", options=("--profile", "soft"), fails=True
            )
            commands(session)
            raw = crash(session)
        asyncio.run(explore(session, canaries))
    assert session.steps >= LEAST
    assert b"a planted fault with ***" in raw
    assert [said for said in (*session.said, raw) if canaries.found(said)] == []
    assert canaries.found_below(tmp_path) == []
    assert (tmp_path / "told").read_text().count("ORDEX_HOME=") >= 6
    assert [told for told in onlooker.arguments.values() if canaries.found(told)] == []
    assert [told for told in onlooker.children.values() if canaries.found(told)] == []
    assert not Path("/proc").is_dir() or any(b"--resume" in told for told in onlooker.arguments.values())
    assert len(canaries) > 4
    assert len(list(tmp_path.glob("*.har"))) == 7
    assert {"repl.csv", "list.json", "out.csv", "explorer.csv"} <= {path.name for path in tmp_path.iterdir()}
