"""Folders that only the user can enter."""

from __future__ import annotations

from pathlib import Path

PRIVATE_MODE = 0o700


def make_private_folder(folder: Path) -> Path:
    """Create a folder with mode 0700, and so every missing folder above it; return it.

    Folders that exist already keep their mode: they may be shared on purpose.

    Raises:
        OSError: it cannot be created, or something else has its name.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        try:
            each.mkdir(mode=PRIVATE_MODE)
        except FileExistsError:
            continue  # another process was faster
        # The mode given to mkdir is cut by the umask, which may deny the user their own folder.
        each.chmod(PRIVATE_MODE)
    folder.mkdir(mode=PRIVATE_MODE, exist_ok=True)
    return folder
