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
from tui.app.dialogs.replace_confirmation import ReplaceConfirmation
from tui.app.modal import Modal
from tui.app.widgets.safe_input import SafeInput
from tui.terminal.visible import visible

MOST_ENTRIES = 5000
"""Entries of a folder that a completion reads at most."""


def parse_path(typed: str) -> Path:
    """The typed path, with ``~`` expanded. Blocks for a moment.

    A file that is dropped on the terminal arrives quoted, escaped or as a ``file://`` address. It is read
    this way only if no file has the typed name and the meant file exists.
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
    """The path that a shell would read from the text; ``None`` if there is not exactly one."""
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
    """The first file or folder, by name, that starts with the input; folders end in a slash. Blocks."""
    head, _, prefix = typed.rpartition("/")
    folder = parse_path(f"{head}/" if "/" in typed else ".")
    names = sorted(islice(_entries_with_prefix(folder, prefix), MOST_ENTRIES))
    if not prefix or not names:
        return None
    found = names[0]
    return typed[: len(typed) - len(prefix)] + found


def _entries_with_prefix(folder: Path, prefix: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(prefix) and entry.name.isprintable():
                    yield entry.name + ("/" if entry.is_dir() else "")
    except OSError:
        return


class PathSuggester(Suggester):
    """Suggests file names during input; the right arrow accepts the suggestion."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Look up the next name in a thread."""
        return await asyncio.to_thread(complete_path, value)


class TargetPath(NamedTuple):
    """A file to write, and whether the user agreed to replace an existing one."""

    path: Path
    overwrite: bool = False


def why_not_writable(target: Path) -> str | None:
    """Why the file cannot be written, or ``None``; it may exist already. Blocks."""
    try:
        check_output_path(target)
    except InputError as error:
        return str(error)
    return None


class PathDialog(Modal["TargetPath | None"]):
    """Returns a path that can be written, or ``None``.

    Args:
        title: the title of the dialog.
        suggested: the suggested path.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, title: str, suggested: str) -> None:
        super().__init__()
        self._title = visible(title, limit=100)
        self._suggested = suggested
        self._replacing = ReplaceConfirmation(self)

    def compose(self) -> ComposeResult:
        """Lay out the field, the fault and the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._title)
            # The suggestion is selected, so that typing replaces it.
            yield SafeInput(self._suggested, suggester=PathSuggester(), compact=True, id="target")
            yield Static(Content(""), id="fault")
            yield Static(Content("enter write · → complete the name · esc back"), classes="keys")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the path if the file can be written."""
        event.stop()
        target = parse_path(event.value)
        if not event.value.strip():
            self._show_fault("name the file to write")
            return
        obstacle = await asyncio.to_thread(why_not_writable, target)
        exists = obstacle is None and await asyncio.to_thread(os.path.lexists, target)
        if exists and not self._replacing.is_agreed(target):
            obstacle = f"{target} exists; press enter again to replace it"
        if obstacle is None:
            self.dismiss(TargetPath(target, overwrite=exists))
        else:
            self._show_fault(obstacle)

    def _show_fault(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
