"""Two ``ordex`` processes on one home and one sandbox, started at moments that a seed decides."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.pseudo_terminal import ROOT
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox
from tui.sandbox.policies import Policies
from tui.settings.folders import Folders, find_folders

WIDEST_OFFSET = 0.4
"""Seconds between the two starts at most: about what a command takes on an idle machine."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    process: int
    code: int
    out: str
    err: str

    @property
    def name(self) -> str:
        """What other processes call it."""
        return f"process {self.process}"


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder with a home of Ordex, and the sandbox that its commands speak to."""

    folder: Path
    sandbox: RunningSandbox

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a command."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ORDEX_HOME": str(self.folder / "home"),
            "VOUCHERIFY_APP_ID": self.sandbox.app_id,
            "VOUCHERIFY_APP_TOKEN": self.sandbox.app_token,
            "VOUCHERIFY_API_BASE_URL": self.sandbox.url,
        }

    @property
    def folders(self) -> Folders:
        """The folders of the home."""
        return find_folders(self.environ)

    @property
    def orders(self) -> list[dict[str, Any]]:
        """What the sandbox holds."""
        with self.sandbox.store.reading() as transaction:
            return list(transaction.orders.all())

    @property
    def writes(self) -> Counter[int]:
        """How many orders were written how often."""
        return Counter(len(self.sandbox.store.history(order["id"])) for order in self.orders)

    def run(self, *words: str) -> Ended:
        """Run one command to its end, which must be a good one."""
        (ended,) = self.run_together(0, words)
        assert ended.code == 0, ended
        return ended

    def run_together(self, seed: int, *commands: tuple[str, ...]) -> list[Ended]:
        """Run commands at the same time; gives their ends in the order of the commands."""
        rng = random.Random(seed)
        starts = sorted((rng.uniform(0, WIDEST_OFFSET), place) for place in range(len(commands)))
        running: dict[int, subprocess.Popen[str]] = {}
        begun = time.monotonic()
        for offset, place in starts:
            time.sleep(max(0.0, begun + offset - starts[0][0] - time.monotonic()))
            running[place] = self.start(commands[place])
        written = {place: process.communicate(timeout=110) for place, process in running.items()}
        return [
            Ended(running[place].pid, running[place].returncode, *written[place])
            for place in range(len(commands))
        ]

    def start(self, words: tuple[str, ...]) -> subprocess.Popen[str]:
        """Start one command, or ``-c`` with a program."""
        program = words if words[:1] == ("-c",) else ("-m", "tui", *words)
        return subprocess.Popen(
            [sys.executable, *program],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@contextmanager
def workplace(folder: Path, *, orders: int = 3) -> Iterator[Workplace]:
    """A home in a folder, and a sandbox of its own with some orders."""
    documents = [an_order(number) for number in range(1, orders + 1)]
    quick = Policies(import_rate=5000.0, shortest_job=0.02)
    with running_sandbox(orders=documents, policies=quick) as sandbox:
        yield Workplace(folder, sandbox)
