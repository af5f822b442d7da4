"""The lines typed on a profile, in a file that only its owner reads."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from tui.orders.privacy import Masks
    from tui.orders.privacy.masks import MaskedSpan


def private_history(path: Path) -> History:
    """The history of a file, made 0600; in memory only where the file cannot be written."""
    from tui.files.private_folder import make_private_folder

    try:
        make_private_folder(path.parent)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return NewestHistory(str(path))


class NewestHistory(FileHistory):
    """A file of which only the newest entries are read, so that searching stays quick after years."""

    def store_string(self, string: str) -> None:
        """Add an entry, which no process that trims the file takes away; none where the disk is full."""
        from tui.settings.history_file import append_entry

        lines = "".join(f"+{line}\n" for line in string.split("\n"))
        now = dt.datetime.now()  # noqa: DTZ005 - as prompt-toolkit writes it
        with suppress(OSError):
            append_entry(Path(os.fsdecode(self.filename)), f"\n# {now}\n{lines}".encode(errors="replace"))

    def load_history_strings(self) -> Iterable[str]:
        """The entries, newest first; none where the file cannot be read."""
        from tui.settings.history_file import newest_entries

        try:
            yield from newest_entries(Path(os.fsdecode(self.filename)))
        except OSError:
            return


class HistoryMask(Processor):
    """Masks personal data in recalled lines; a line that the user types is not masked."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """One line of the prompt with masked values; cursor positions are mapped around the masks."""
        covers: tuple[MaskedSpan, ...] = ()
        if self._masks.on and _is_recalled(transformation_input):
            covers = self._masks.covers(fragment_list_to_text(transformation_input.fragments))
        if not covers:
            return Transformation(transformation_input.fragments)
        masks = {cover.start: cover for cover in covers}
        inside = {at for cover in covers for at in range(cover.start + 1, cover.end)}
        shown: StyleAndTextTuples = []
        places: list[int] = []
        width = 0
        for at, (style, sign, *_) in enumerate(explode_text_fragments(transformation_input.fragments)):
            places.append(width)
            text = masks[at].mask if at in masks else "" if at in inside else sign
            shown.append((style, text))
            width += len(text)
        places += [width, width + 1]
        return Transformation(
            shown,
            source_to_display=lambda at: places[min(at, len(places) - 1)],
            display_to_source=lambda at: max(i for i, place in enumerate(places) if place <= at),
        )


def _is_recalled(given: TransformationInput) -> bool:
    buffer = given.buffer_control.buffer
    newest = len(buffer._working_lines) - 1
    return given.document is not buffer.document or buffer.working_index < newest
