"""Where results and sentences go: stdout is data, stderr is narration."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.orders.privacy import Masks

if TYPE_CHECKING:
    from tui.actions.results import Result


_OPEN, _NAMED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_NAMED}{_CLOSE}]*){_NAMED}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_STRAY = re.compile(f"[{_OPEN}{_NAMED}{_CLOSE}]")
_ACTS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def mark(text: str, style: str) -> str:
    """Mark a text with a style; ``ReplOutputFilter.clean`` turns marks into colours.

    A style may be a text of the API, such as a status: only plain words are styles.
    """
    ours = style.isascii() and style.isalnum()
    return f"{_OPEN}{style}{_NAMED}{text}{_CLOSE}" if ours and text else text


class ReplOutputFilter:
    """Cleans the output to the terminal. ``hits`` counts characters that were not made visible before."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured
        self.hits = 0

    def clean(self, text: str) -> str:
        """The text in which only line ends and our own colours act."""
        text, hits = _ACTS.subn("", text)
        self.hits += hits
        return self._painted(text) if _OPEN in text else _STRAY.sub("", text)

    def _painted(self, text: str) -> str:
        from tui.actions.printing.table import painter

        paint = painter(coloured=self._coloured)
        return _STRAY.sub("", _MARK.sub(lambda match: paint(match.group(2), match.group(1)), text))


ACCOUNT_STYLE = "muted"


@dataclass
class Output:
    """Writes to stdout and stderr. ``linear`` is without colour, tables and pager.

    ``terminal`` is whether stdout is a terminal, which decides on widths and on what is made visible;
    ``interactive`` whether a user is at the prompt; ``masks`` hide personal data in all output.
    """

    coloured: bool = False
    linear: bool = False
    terminal: bool = False
    interactive: bool = False
    masks: Masks = field(default_factory=Masks)
    edge: ReplOutputFilter = field(init=False)

    def __post_init__(self) -> None:
        self.edge = ReplOutputFilter(coloured=self.coloured and not self.linear)

    @property
    def width(self) -> int | None:
        """Cells of a line; ``None`` where lines may be of any width."""
        return shutil.get_terminal_size().columns if self.terminal and not self.linear else None

    @property
    def progress_in_place(self) -> bool:
        """Whether a progress line may be updated in place."""
        return self.interactive and self.terminal and not self.linear and sys.stderr.isatty()

    @property
    def height(self) -> int:
        """Lines of the screen."""
        return shutil.get_terminal_size().lines

    def write(self, text: str) -> None:
        """Print data: cleaned on a terminal, exact for a program."""
        if self.terminal:
            text = self._masked(text)
        sys.stdout.write(self.edge.clean(text) if self.terminal else text)
        sys.stdout.flush()

    def note(self, sentence: str) -> None:
        """Print a message to stderr."""
        from tui.terminal.redaction import redacted
        from tui.terminal.visible import visible

        sys.stderr.write(self.edge.clean(visible(redacted(sentence), multiline=True)) + "\n")
        sys.stderr.flush()

    def rendered(self, result: Result, form: str | None) -> str:
        """The text of a result for this output.

        ``form`` is a format; by default a table, or records if the table is too wide.
        """
        from tui.actions.printing import written
        from tui.terminal.visible import visible

        if self.linear and form in (None, "table", "vertical"):
            return written(result, "lines", width=None, paint=_plain, masks=self.masks)
        paint = mark if self.terminal else _plain
        text = written(
            result,
            form or "table",
            width=self.width,
            paint=paint,
            masks=self.masks,
            squeezed=form is not None,
        )
        if form is None and self.width is not None and _too_wide(text, self.width):
            return written(result, "vertical", width=self.width, paint=paint, masks=self.masks)
        return visible(text, multiline=True, limit=None) if form == "csv" and self.terminal else text

    def program_text(self, result: Result, form: str) -> str:
        """The text of a result for a program or a file: exact where nothing is masked, never coloured."""
        from tui.actions.printing import written

        return written(result, form, width=None, paint=_plain, masks=self.masks)

    def _masked(self, text: str) -> str:
        """The text masked once more, in case a part of it was not."""
        if not self.masks.on:
            return text
        return "".join(self.masks.text(line) for line in text.splitlines(keepends=True))


def _plain(text: str, _: str) -> str:
    return text


def _too_wide(text: str, width: int) -> bool:
    from tui.terminal.cells import cell_width

    bare = ReplOutputFilter(coloured=False)
    return any(cell_width(bare.clean(line)) > width for line in text.splitlines())
