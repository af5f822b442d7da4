"""The prompt's words and colours: pure text in named styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text.base import OneStyleAndTextTuple

    from tui.actions.account_status import AccountStatus

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
class PromptStatus:
    """The contents of the toolbar; ``None`` is unknown and not shown."""

    standing: AccountStatus
    calls_left: int | None = None
    jobs_running: int | None = None
    problem: str | None = None


def prompt(standing: AccountStatus, *, masked: bool = False) -> Fragments:
    """``ordex SANDBOX shop [RW]> ``: kind first, so that a profile's name cannot imitate it; also masks."""
    account = f"{standing.kind.upper()} {standing.name} {standing.rights}{' MASKED' if masked else ''}"
    return [("", "ordex "), (f"class:{standing.kind}", account), ("", "> ")]


def spoken_prompt(standing: AccountStatus, *, masked: bool = False) -> str:
    """The same in words, for linear mode."""
    return f"ordex {visible(standing.spoken)}{', masked' if masked else ''}> "


def toolbar(status: PromptStatus) -> Fragments:
    """One line: the problem of the current line, else account, rights, calls left and jobs."""
    if status.problem:
        return [("class:problem", f" {visible(status.problem)}")]
    standing = status.standing
    kind = ("class:production", "PRODUCTION") if standing.production else ("", "sandbox")
    parts = [standing.address, standing.spoken_rights]
    if status.calls_left is not None:
        parts.append(f"{pluralize(status.calls_left, 'call')} left")
    if status.jobs_running:
        parts.append(f"{pluralize(status.jobs_running, 'job')} running")
    return [("", " "), kind, ("", " · " + " · ".join(parts) + " · help, tab completes, ctrl-d exits")]
