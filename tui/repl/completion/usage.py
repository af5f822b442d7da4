"""How often words were used, which ranks completions. Saved per account in the state folder."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tui.repl.line.line_error import LineError
from tui.repl.line.statements import parse_line
from tui.settings.folders import file_name

if TYPE_CHECKING:
    from tui.settings.folders import Folders

KEPT = 2000
LONGEST = 80


class WordUsage:
    """Counts of words and their file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.counts: Counter[str] = Counter(_read(path) if path else {})

    @classmethod
    def of(cls, folders: Folders, account: str) -> WordUsage:
        """The counts of one account."""
        return cls(folders.state / f"repl-{file_name(account)}.usage.json")

    def note(self, line: str) -> None:
        """Count the words of a line that was run: verbs, options, values, and the filter's parts."""
        try:
            words = parse_line(line).words
        except LineError:
            return
        for word in words:
            if len(word.text) <= LONGEST:
                self.counts[word.text] += 1

    def save(self) -> None:
        """Keep the most used words, readable by their owner only."""
        if self._path is None or not self.counts:
            return
        from tui.files.atomic_write import atomic_write_text
        from tui.files.private_folder import make_private_folder

        make_private_folder(self._path.parent)
        with atomic_write_text(self._path, overwrite=True, durable=False) as file:
            json.dump(dict(self.counts.most_common(KEPT)), file)


def _read(path: Path) -> dict[str, int]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {word: count for word, count in found.items() if isinstance(count, int)}
