"""Where a file is to be written."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.actions.arguments.output_path import check_output_path
from tui.actions.verb import InputError
from tui.app.dialogs.replacing import Replacing
from tui.app.modal import Modal
from tui.app.widgets.typed_line import TypedLine
from tui.terminal.visible import visible

from .file_names import FileNames, path_of


class ChosenPath(NamedTuple):
    """Where to write, and whether the user agreed to replace the file that is there."""

    path: Path
    overwrite: bool = False


def obstacle_to(target: Path) -> str | None:
    """Why nothing can be written there, or ``None``; an existing file is no obstacle here. Blocks."""
    try:
        check_output_path(target)
    except InputError as error:
        return str(error)
    return None


class AskPath(Modal["ChosenPath | None"]):
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
            yield TypedLine(self._suggested, suggester=FileNames(), compact=True, id="target")
            yield Static(Content(""), id="fault")
            yield Static(Content("enter write · → completes a name · esc back"), classes="keys")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the path, unless something is in the way."""
        event.stop()
        target = path_of(event.value)
        if not event.value.strip():
            self._say("name the file to write")
            return
        obstacle = await asyncio.to_thread(obstacle_to, target)
        exists = obstacle is None and await asyncio.to_thread(os.path.lexists, target)
        if exists and not self._replacing.is_agreed(target):
            obstacle = f"{target} exists; enter again replaces it"
        if obstacle is None:
            self.dismiss(ChosenPath(target, overwrite=exists))
        else:
            self._say(obstacle)

    def action_give_up(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
