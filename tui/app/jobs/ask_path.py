"""Where a file is to be written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.app.dialogs.replacing import Replacing
from tui.app.modal import Modal
from tui.app.widgets.typed_line import TypedLine
from tui.terminal.visible import visible

from .file_names import FileNames, path_of


def obstacle_to(target: Path) -> str | None:
    """Why nothing can be written there, or ``None``. Blocks."""
    if target.is_dir():
        return f"{target} is a folder; name a file"
    if not target.parent.is_dir():
        return f"there is no folder {target.parent}"
    return None


class AskPath(Modal["Path | None"]):
    """Ends with a path that can be written, or ``None``.

    Args:
        title: what is written.
        suggested: the path to begin with.
        may_replace: whether a second enter replaces a file that is there.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Back")]

    def __init__(self, title: str, suggested: str, *, may_replace: bool) -> None:
        super().__init__()
        self._told = visible(title, limit=100)
        self._suggested = suggested
        self._may_replace = may_replace
        self._replacing = Replacing(self)

    def compose(self) -> ComposeResult:
        """The field, what is wrong, the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._told)
            yield TypedLine(
                self._suggested, suggester=FileNames(), compact=True, select_on_focus=False, id="target"
            )
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
        if obstacle is None and await asyncio.to_thread(target.exists):
            if not self._may_replace:
                obstacle = f"{target} exists; name a file that does not"
            elif not self._replacing.is_agreed(target):
                obstacle = f"{target} exists; enter again replaces it"
        if obstacle is None:
            self.dismiss(target)
        else:
            self._say(obstacle)

    def action_give_up(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
