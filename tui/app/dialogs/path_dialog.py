"""A dialog for the path of a file to write; paths as they are typed, completed and checked."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import unquote, urlsplit

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tui.actions.arguments.output_path import check_output_path
from tui.actions.verb import InputError
from tui.app.dialogs.replacing import Replacing
from tui.app.modal import Modal
from tui.app.widgets.typed_line import TypedLine
from tui.terminal.visible import visible

LOOKED_AT = 5000
"""Entries of a folder that are looked at for a completion."""


def parse_path(typed: str) -> Path:
    """The path that was typed, with ``~`` resolved. Blocks for a moment.

    A file that was dropped on the terminal comes with quotes, backslashes or as a ``file://`` address. It is
    taken so only where the text as it stands names nothing, and what is meant exists.
    """
    text = typed.strip()
    path = _expanded(text)
    if text and not os.path.lexists(path):
        dropped = _dropped(text)
        if dropped is not None and os.path.lexists(dropped):
            return dropped
    return path


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _dropped(text: str) -> Path | None:
    """The one path that a shell would read in the text; ``None`` where that is none or several."""
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    if len(words) != 1 or "\0" in words[0]:
        return None
    if words[0].startswith("file://"):
        address = urlsplit(words[0])
        return Path(unquote(address.path)) if address.hostname in (None, "localhost") else None
    return _expanded(words[0])


def complete_path(typed: str) -> str | None:
    """The first file or folder, by name, that goes on from what was typed; folders end in a slash. Blocks."""
    head, _, begun = typed.rpartition("/")
    folder = parse_path(f"{head}/" if "/" in typed else ".")
    names = sorted(islice(_beginning(folder, begun), LOOKED_AT))
    if not begun or not names:
        return None
    found = names[0]
    return typed[: len(typed) - len(begun)] + found


def _beginning(folder: Path, begun: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(begun) and entry.name.isprintable():
                    yield entry.name + ("/" if entry.is_dir() else "")
    except OSError:
        return


class PathSuggester(Suggester):
    """Suggests file names while they are typed; the right arrow takes the suggestion."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The next name, looked up in a thread."""
        return await asyncio.to_thread(complete_path, value)


class TargetPath(NamedTuple):
    """Where to write, and whether the user agreed to replace the file that is there."""

    path: Path
    overwrite: bool = False


def why_not_writable(target: Path) -> str | None:
    """Why nothing can be written there, or ``None``; an existing file is no obstacle here. Blocks."""
    try:
        check_output_path(target)
    except InputError as error:
        return str(error)
    return None


class PathDialog(Modal["TargetPath | None"]):
    """Ends with a path that can be written, or ``None``.

    Args:
        title: what is written.
        suggested: the path to begin with.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Back")]

    def __init__(self, title: str, suggested: str) -> None:
        super().__init__()
        self._told = visible(title, limit=100)
        self._suggested = suggested
        self._replacing = Replacing(self)

    def compose(self) -> ComposeResult:
        """The field, what is wrong, the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._told)
            # Selected: what is typed replaces the suggestion instead of being put behind it.
            yield TypedLine(self._suggested, suggester=PathSuggester(), compact=True, id="target")
            yield Static(Content(""), id="fault")
            yield Static(Content("enter write · → completes a name · esc back"), classes="keys")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the path, unless something is in the way."""
        event.stop()
        target = parse_path(event.value)
        if not event.value.strip():
            self._say("name the file to write")
            return
        obstacle = await asyncio.to_thread(why_not_writable, target)
        exists = obstacle is None and await asyncio.to_thread(os.path.lexists, target)
        if exists and not self._replacing.is_agreed(target):
            obstacle = f"{target} exists; enter again replaces it"
        if obstacle is None:
            self.dismiss(TargetPath(target, overwrite=exists))
        else:
            self._say(obstacle)

    def action_give_up(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
