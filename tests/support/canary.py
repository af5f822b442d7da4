"""Secrets that are looked for wherever they might have got to, in every spelling."""

from __future__ import annotations

import json
import shlex
import sqlite3
import threading
import time
from base64 import b64encode
from contextlib import closing, suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote_to_bytes

SQLITE = b"SQLite format 3\0"


class Canaries:
    """Texts that must be nowhere; more of them may become known meanwhile."""

    def __init__(self, *secrets: str) -> None:
        self._forms: dict[str, set[bytes]] = {}
        for secret in secrets:
            self.add(secret)

    def __len__(self) -> int:
        return len(self._forms)

    def add(self, secret: str) -> None:
        """Look for this one too."""
        raw = secret.encode()
        texts = {
            secret,
            quote(secret, safe=""),
            json.dumps(secret)[1:-1],
            shlex.quote(secret)[1:-1],
            raw.hex(),
        }
        self._forms[secret] = {text.encode() for text in texts} | _base64(raw)

    def found(self, told: str | bytes) -> list[str]:
        """Which of them are in what was told."""
        data = told.encode("utf-8", "surrogateescape") if isinstance(told, str) else told
        both = data + b"\n" + unquote_to_bytes(data) if b"%" in data else data
        return [secret for secret, forms in self._forms.items() if any(form in both for form in forms)]

    def found_below(self, *folders: Path) -> list[str]:
        """Files below the folders that hold one, databases as they are and row by row; and how many."""
        found = []
        for path in {path for folder in folders for path in folder.rglob("*") if path.is_file()}:
            data = path.read_bytes()
            if data.startswith(SQLITE):
                data += _rows(path)
            if self.found(data + b"\n" + str(path).encode()):
                found.append(str(path))
        return found


class Onlooker:
    """Sees what the machine tells of the processes of one home, while a ``with`` block lasts.

    It needs ``/proc``; where that is not, it sees none.

    Args:
        home: a process is looked at if its environment names this as ``ORDEX_HOME``.
    """

    def __init__(self, home: Path) -> None:
        self._mark = f"ORDEX_HOME={home}\0".encode()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.started: set[int] = set()
        """Processes that the test itself gave a secret in their environment."""
        self.arguments: dict[int, bytes] = {}
        self.environments: dict[int, bytes] = {}

    def __enter__(self) -> Self:
        if Path("/proc").is_dir():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join(10)

    @property
    def children(self) -> dict[int, bytes]:
        """The environments of those that Ordex started."""
        return {pid: told for pid, told in self.environments.items() if pid not in self.started}

    def _watch(self) -> None:
        others: set[str] = set()
        while not self._over.wait(0.1):
            for folder in Path("/proc").iterdir():
                if folder.name.isdigit() and folder.name not in others:
                    with suppress(OSError):
                        self._look(folder, others)

    def _look(self, folder: Path, others: set[str]) -> None:
        environment = (folder / "environ").read_bytes()
        if self._mark not in environment:
            # A child that has no program yet may still become one of these.
            if time.time() - folder.stat().st_ctime > 1:
                others.add(folder.name)
            return
        arguments = (folder / "cmdline").read_bytes()
        parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        # Between its fork and its program a child is still the image of its parent.
        if self.arguments.get(parent) != arguments:
            self.arguments[int(folder.name)] = arguments
            self.environments[int(folder.name)] = environment


def _base64(raw: bytes) -> set[bytes]:
    """What is the same in base64 wherever the bytes begin in a group of three."""
    found = set()
    for before in range(3):
        coded = b64encode(b"." * before + raw)
        kept = coded[(0, 2, 3)[before] : (before + len(raw)) // 3 * 4]
        found |= {kept, kept.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def _rows(path: Path) -> bytes:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return "\n".join(database.iterdump()).encode("utf-8", "surrogateescape")
