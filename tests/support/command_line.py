"""The command line in this process: what it wrote and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tui.cli.invocation import Invocation
from tui.cli.runner import execute


@dataclass(frozen=True)
class Ended:
    """One command line's end."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """stdout, read as JSON."""
        return json.loads(self.out)


Ordex = Callable[..., Ended]


def never_open(*_: Any, **__: Any) -> int:
    """Stand where the explorer or the REPL would open; these tests open neither."""
    raise AssertionError("a screen was opened")


def command_line(capsys: pytest.CaptureFixture[str], *, repl: Callable[..., int] = never_open) -> Ordex:
    """A function that runs ``ordex`` with these words; ``repl`` opens the REPL."""

    def run(*words: str) -> Ended:
        capsys.readouterr()
        code = execute(Invocation(explore=never_open, repl=repl), list(words))
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return run
