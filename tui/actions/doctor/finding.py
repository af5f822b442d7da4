"""The findings of a report, in sections, each with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.actions.exit_codes import ExitCode

Level = Literal["ok", "warn", "fail"]
"""``ok``: fine, or information. ``warn``: works, but might fail. ``fail``: cannot work."""


@dataclass(frozen=True, slots=True)
class CheckResult:
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
    """Findings about one subject."""

    title: str
    findings: tuple[CheckResult, ...]


def ok(name: str, text: str) -> CheckResult:
    """A finding without a problem."""
    return CheckResult("ok", name, text)


def warn(name: str, text: str, to_do: str) -> CheckResult:
    """A warning, and what improves it."""
    return CheckResult("warn", name, text, to_do)


def fail(name: str, text: str, to_do: str, code: ExitCode = ExitCode.USAGE) -> CheckResult:
    """A failure, and what fixes it."""
    return CheckResult("fail", name, text, to_do, code)


def every(sections: Iterable[Section]) -> Iterable[CheckResult]:
    """The findings of all sections."""
    return (finding for section in sections for finding in section.findings)


def exit_code_of(sections: Iterable[Section]) -> ExitCode:
    """The exit code of a report: that of the first failure; warnings do not count."""
    failed = (finding.code for finding in every(sections) if finding.level == "fail")
    return next(failed, ExitCode.DONE)


def summary(sections: Sequence[Section]) -> str:
    """The number of findings of each level, as a sentence."""
    levels = [finding.level for finding in every(sections)]
    failures, warnings = levels.count("fail"), levels.count("warn")
    if not failures and not warnings:
        return "nothing is wrong"
    parts = (_counted(failures, "failure"), _counted(warnings, "warning"))
    return ", ".join(part for part in parts if part)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}" if number else ""
