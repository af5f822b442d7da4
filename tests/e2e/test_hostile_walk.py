"""The explorer walks through its screens and dialogs on an account where every text attacks.

``ORDEX_NIGHTLY`` gives each of 300 and more texts an order of its own, and a place in one that is looked at
in every section; it tries enter on every part of every screen, and has to come to every kind of screen.
"""

from __future__ import annotations

import base64
import importlib
import json
import os
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.screen import Screen

import tui.app
from tests.actions.test_hostile_output import hostile_texts
from tests.support.answering_terminal import AnsweringTerminal
from tests.support.hostile import HOSTILE, HUGE, LIKE_DRAWING
from tests.support.hostile_headers import hostile_headers
from tests.support.hostile_orders import GROUPS, gathered, one_of_each
from tests.support.sandbox import RunningSandbox, running_sandbox
from tests.support.served_process import account
from tests.support.terminal_codes import foreign_codes, text_of
from tui.terminal.visible import hidden_characters

NIGHTLY = bool(os.environ.get("ORDEX_NIGHTLY"))

pytestmark = pytest.mark.terminal

BASES = {"FormDialog", "QuestionDialog", "Modal"}
"""What screens are made of; none is shown itself."""

TOGETHER = 20
"""Texts that one order holds."""

MOST_MISSED = 10
"""Kinds of screen that the quick walk may not come to: the form, its dialogs, its preview and the like."""

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""What the person copies goes to the terminal; what an order wants copied does not."""

TEXTS = [text for text in dict.fromkeys(hostile_texts()) if text not in HUGE]
NAME = "orders[@click=app.pwn('x')]\u202e\x1b]2;x\x07.csv"

PROFILES = """
[profiles.shop]
kind = "production"
app_id = "[@click=app.pwn('x')]app[/]"
secret = "command"
token_command = ["/bin/[@click=app.pwn('x')]token[/]"]

[profiles.torn]
kind = "sandbox"
"""
"""What the settings let through; what acts or hides they refuse."""


def groups() -> list[tuple[str, ...]]:
    """Texts that one order holds together, few enough to be scrolled through."""
    if not NIGHTLY:
        return list(GROUPS)
    return [tuple(TEXTS[at : at + TOGETHER]) for at in range(0, len(TEXTS), TOGETHER)]


def orders() -> list[dict[str, Any]]:
    """Some that hold many texts each, and for each text one that holds it everywhere."""
    texts = TEXTS if NIGHTLY else [text for text in HOSTILE if text not in HUGE]
    return [*gathered(groups()), *one_of_each(texts)]


def screens() -> set[str]:
    """Every kind of screen that the explorer has."""
    for module in pkgutil.walk_packages(tui.app.__path__, "tui.app."):
        importlib.import_module(module.name)
    found, waiting = set(), [Screen]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found |= {kind.__name__ for kind in kinds if kind.__module__.startswith("tui.app")}
    return found - BASES


def prepared(served: RunningSandbox, home: Path) -> Path:
    """Jobs that failed with hostile words, a theme and a file with hostile names."""
    with httpx.Client(base_url=served.url, headers=served.headers) as client:
        bad = [{"source_id": text[:200], "status": text[:50]} for text in TEXTS if text.isascii()]
        client.post("/v1/orders/import", json=bad)
        client.post("/v1/orders/export", json={"parameters": {"fields": ["id", "metadata.\x1b[2J\u202e"]}})
    themes = home / "config" / "themes"
    themes.mkdir(parents=True)
    (themes / "mine.toml").write_text(
        'title = "mine \\u001b[2J\\u202e[/]"\ndescription = "\\u001b]0;x\\u0007"\ndark = true\n'
        '[colors]\nprimary = "#ff0000"\nforeground = "#ffffff"\nbackground = "#000000"\n'
    )
    file = home / NAME.replace("/", "_")
    cells = [text[:80].replace('"', "") for text in TEXTS[:60]]
    rows = "".join(f'"{cell}",PAYED,"{cell}"\n' for cell in cells)
    file.write_text(f"source_id,status,metadata.\x1b[2J\u202e\n{rows}", encoding="utf-8", errors="replace")
    titles = ",".join(
        f'"{text[:80]}"' for text in dict.fromkeys(TEXTS) if '"' not in text and "\x00" not in text
    )
    columns = f"{titles}\n{rows}"
    file.with_name("columns.csv").write_text(columns, encoding="utf-8", errors="replace")
    (home / "config" / "config.toml").write_text(PROFILES)
    return file


@pytest.mark.timeout(4000 if NIGHTLY else 500)
def test_no_screen_lets_an_attack_through(tmp_path: Path) -> None:
    """300 and more strings, every key of every screen: nothing acts, nothing comes back as keys."""
    assert len(TEXTS) >= 300
    report = tmp_path / "report.json"
    with running_sandbox(orders=orders(), through=hostile_headers(TEXTS)) as served:
        file = prepared(served, tmp_path / "home")
        told = {"url": served.url, "app_id": served.app_id, "app_token": served.app_token}
        environ = {
            **account(told),
            "ORDEX_HOME": str(tmp_path / "home"),
            "HOSTILE_FILE": str(file),
            "HOSTILE_COLUMNS": str(file.with_name("columns.csv")),
            "HOSTILE_GATHERED": str(len(groups()) + 1),
            "VISUAL": "true",
            "TEXTUAL_ANIMATIONS": "none",
            "PYTHONFAULTHANDLER": "1",
        }
        command = (sys.executable, "-m", "tests.support.hostile_walk")
        words = (str(report), *(("all",) if NIGHTLY else ()))
        terminal = AnsweringTerminal(words, columns=112, lines=30, environ=environ, command=command)
        try:
            code = terminal.end(limit=3000 if NIGHTLY else 400)
        finally:
            terminal.close()
    raw = bytes(terminal.raw)
    seen = json.loads(report.read_text())
    assert (code, seen["fault"], seen["finished"]) == (0, "", True), raw[-4000:].decode("utf-8", "replace")
    assert (seen["edge_hits"], seen["slips"]) == (0, [])
    assert (seen["clickable"], seen["uninvited"]) == ([], [])
    missed = sorted(screens() - set(seen["screens"]))
    assert missed == [] if NIGHTLY else len(missed) <= MOST_MISSED, "\n".join((*missed, *seen["trail"]))
    assert terminal.left_behind() == []
    copied = {base64.b64decode(found[1]) for found in COPIED.finditer(raw)}
    assert not [text for text in copied if b"PWNED" in text or b"\x1b" in text]
    raw = COPIED.sub(b"", raw)
    assert foreign_codes(raw) == []
    assert raw.count(b"\x1b[?1049l") == raw.count(b"\x1b[?1049h")
    drawn = raw[raw.find(b"\x1b[?2004h") :]  # the first frame, before it, does clear the screen
    assert [attack for attack in LIKE_DRAWING if "?" not in attack and attack.encode() in drawn] == []
    assert [line for line in text_of(raw).split("\n") if hidden_characters(line)] == []
