"""The command line in this process: what it wrote and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tui.cli.invocation import Invocation
from tui.cli.running import execute


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


def never_explore(*_: Any, **__: Any) -> int:
    """Stand where explorer and REPL would open; these tests have no terminal."""
    raise AssertionError("a front end was opened without a terminal")


def command_line(capsys: pytest.CaptureFixture[str]) -> Ordex:
    """A function that runs ``ordex`` with these words."""

    def run(*words: str) -> Ended:
        capsys.readouterr()
        code = execute(Invocation(explore=never_explore, repl=never_explore), list(words))
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return run
