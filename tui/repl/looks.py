"""The prompt's words and colours: pure text in named styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.terminal.visible import visible

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text.base import OneStyleAndTextTuple

    from tui.settings.profile import Profile

    Fragments = list[OneStyleAndTextTuple]

# The terminal's own colours, so that contrast follows its theme.
STYLE: dict[str, str] = {
    "name": "ansicyan",
    "verb": "bold",
    "option": "ansicyan",
    "keyword": "ansicyan",
    "field": "ansiblue",
    "operator": "bold",
    "group": "bold",
    "value": "ansimagenta",
    "string": "ansigreen",
    "word": "ansigreen",
    "json": "ansigreen",
    "number": "ansiyellow",
    "date": "ansiyellow",
    "comment": "italic",
    "shell": "",
    "error": "ansired underline",
    "production": "bold ansired",
    "sandbox": "bold ansigreen",
    "problem": "ansired",
    "bottom-toolbar": "noreverse",
    "bottom-toolbar.text": "",
}


@dataclass(frozen=True, slots=True)
class Status:
    """What the toolbar tells; ``None`` is not known, and not told."""

    profile: Profile
    calls_left: int | None = None
    jobs_running: int | None = None
    problem: str | None = None


def prompt(profile: Profile) -> Fragments:
    """``ordex sandbox [RW]> ``; production says so."""
    rights = "[R]" if profile.read_only else "[RW]"
    name = visible(profile.name)
    if profile.kind == "production":
        return [("", "ordex "), ("class:production", f"PRODUCTION {name} {rights}"), ("", "> ")]
    return [("", "ordex "), ("class:sandbox", name), ("", f" {rights}> ")]


def spoken_prompt(profile: Profile) -> str:
    """The same in words, for linear mode."""
    production = ", PRODUCTION" if profile.kind == "production" else ""
    rights = "read only" if profile.read_only else "read and write"
    return f"ordex {visible(profile.name)}{production}, {rights}> "


def toolbar(status: Status) -> Fragments:
    """One line: the problem of what is being typed, else account, rights, calls left and jobs."""
    if status.problem:
        return [("class:problem", f" {visible(status.problem)}")]
    profile = status.profile
    kind = ("class:production", "PRODUCTION") if profile.kind == "production" else ("", "sandbox")
    parts = [visible(profile.address), "read-only" if profile.read_only else "read and write"]
    if status.calls_left is not None:
        parts.append(f"{status.calls_left:,} calls left")
    if status.jobs_running:
        parts.append(f"{status.jobs_running} job{'' if status.jobs_running == 1 else 's'} running")
    return [("", " "), kind, ("", " · " + " · ".join(parts) + " · help, tab completes, ctrl-d leaves")]
