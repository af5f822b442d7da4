"""Folders that others may enter, as far as a test may open them."""

from __future__ import annotations

import os
from pathlib import Path


def opened(path: Path) -> Path:
    """The path, with every folder of ours above it open to others."""
    for above in path.parents:
        found = above.stat()
        if found.st_uid == os.getuid() and not found.st_mode & 0o011:
            above.chmod(found.st_mode | 0o011)
    return path
