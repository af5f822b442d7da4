"""Logs, warnings and exceptions that nobody catches: told only when asked for, and never raw."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from tests.support.pseudo_terminal import ROOT
from tui.terminal.log_capture import install, traceback_of
from tui.terminal.redaction import keep_secret

CANARY = "c4nary-77aa-unlogged"


def ended(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A process of its own with the log capture installed."""
    before = (
        "import asyncio, gc, logging, sys, threading, warnings\n"
        "from tui.terminal.redaction import keep_secret; from tui.terminal.log_capture import install\n"
        f"keep_secret({CANARY!r}); install(); token = {CANARY!r}\n"
    )
    return subprocess.run(
        [sys.executable, "-c", before + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )


LOUD = {
    "log": "logging.getLogger('x').error('bad \\x1b[2J %s', token)",
    "log of a library's own handler": (
        "logging.basicConfig(stream=sys.stderr, force=True); logging.error('bad \\x1b[2J %s', token)"
    ),
    "logged exception": (
        "try: raise ValueError('bad \\x1b[2J ' + token)\nexcept ValueError: logging.exception('oh')"
    ),
    "log that does not fit": "logging.getLogger('x').error('bad %d', token)",
    "warning": "warnings.simplefilter('always'); warnings.warn('bad \\x1b[2J ' + token)",
    "thread": (
        "def fail(): raise ValueError('bad \\x1b[2J ' + token)\n"
        "t = threading.Thread(target=fail); t.start(); t.join()"
    ),
    "finalizer": (
        "class C:\n def __del__(self): raise ValueError('bad \\x1b[2J ' + token)\nC(); gc.collect()"
    ),
    "task": (
        "async def fail(): raise ValueError('bad \\x1b[2J ' + token)\n"
        "async def main(): t = asyncio.create_task(fail()); await asyncio.sleep(0.01); del t; gc.collect()\n"
        "asyncio.run(main())"
    ),
    "uncaught": "def fail(token):\n  raise ValueError('bad \\x1b[2J ' + token)\nfail(token)",
}


@pytest.mark.parametrize("what", LOUD)
def test_nothing_that_nobody_asked_for_is_told_raw(what: str) -> None:
    """Neither control characters nor secrets, whoever writes it; with ORDEX_DEBUG it says where."""
    told = ended(LOUD[what], ORDEX_DEBUG="1")
    assert CANARY not in told.stdout + told.stderr
    assert "\x1b" not in told.stdout + told.stderr
    assert told.stderr
    assert "***" in told.stderr or what == "log that does not fit"


@pytest.mark.parametrize("what", [w for w in LOUD if w not in ("uncaught", "log of a library's own handler")])
def test_without_being_asked_for_it_is_not_told_at_all(what: str) -> None:
    """The screen may be drawn on."""
    assert ended(LOUD[what]).stderr == ""


def test_what_ends_the_program_is_said_in_a_sentence() -> None:
    """Without the traceback, which is for those who ask."""
    told = ended(LOUD["uncaught"]).stderr
    assert told == "ordex: unexpected ValueError: bad ^[[2J ***\n"


def test_installing_twice_is_installing_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each front end does it, and one may lead to another."""
    monkeypatch.setenv("ORDEX_DEBUG", "1")
    for _ in range(3):
        install()
    logging.getLogger("twice").warning("once")
    assert capsys.readouterr().err.count("once") == 1


def test_a_traceback_holds_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a local nor a secret in the message, nor in a note or a cause."""
    keep_secret(CANARY)

    def fail(token: str) -> None:
        error = ValueError(f"refused {token}")
        error.add_note(f"the header was {token}")
        raise error from KeyError(token)

    with pytest.raises(ValueError, match="refused") as caught:
        fail(CANARY)
    told = traceback_of(caught.value)
    assert CANARY not in told
    assert "refused ***" in told
    assert "in fail" in told
