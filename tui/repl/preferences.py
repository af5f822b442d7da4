"""What a person can set for a session."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = ("table", "vertical", "json", "jsonl", "csv")


@dataclass
class Preferences:
    """``form`` is the format chosen with ``format``; ``None`` is a table, or records where it is too wide."""

    form: str | None = None
    pager: bool = True
    timing: bool = True
    vi: bool = False
