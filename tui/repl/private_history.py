"""The lines typed on a profile, in a file that only its owner reads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

if TYPE_CHECKING:
    from pathlib import Path


def private_history(path: Path) -> History:
    """The history of a file, made 0600; in memory only where the file cannot be written."""
    from tui.files.folders import make_private_folder

    try:
        make_private_folder(path.parent)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
