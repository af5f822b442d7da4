"""What a look around brought: findings in sections, each good or not, with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.actions.exit_codes import ExitCode

Level = Literal["ok", "warn", "fail"]
"""``ok``: as it should be, or just so. ``warn``: works, and might not. ``fail``: something cannot work so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    ``name`` is what was looked at, in a word or two; ``text`` what was found, ``to_do`` what to do about it.
    ``code`` is how commands end that need what failed.
    """

    level: Level
    name: str
    text: str
    to_do: str = ""
    code: ExitCode = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Section:
    """Findings about one thing."""

    title: str
    findings: tuple[Finding, ...]


def ok(name: str, text: str) -> Finding:
    """Nothing is wrong here."""
    return Finding("ok", name, text)


def warn(name: str, text: str, to_do: str) -> Finding:
    """Something to know, and what would make it better."""
    return Finding("warn", name, text, to_do)


def fail(name: str, text: str, to_do: str, code: ExitCode = ExitCode.USAGE) -> Finding:
    """Something that cannot work, and what would make it work."""
    return Finding("fail", name, text, to_do, code)


def every(sections: Iterable[Section]) -> Iterable[Finding]:
    """The findings of all sections."""
    return (finding for section in sections for finding in section.findings)


def exit_code_of(sections: Iterable[Section]) -> ExitCode:
    """How a report ends: with the code of the first failure; a warning is none."""
    failed = (finding.code for finding in every(sections) if finding.level == "fail")
    return next(failed, ExitCode.DONE)


def summary(sections: Sequence[Section]) -> str:
    """How many of what, in a sentence."""
    levels = [finding.level for finding in every(sections)]
    failures, warnings = levels.count("fail"), levels.count("warn")
    if not failures and not warnings:
        return "nothing is wrong"
    parts = (_counted(failures, "failure"), _counted(warnings, "warning"))
    return ", ".join(part for part in parts if part)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}" if number else ""
