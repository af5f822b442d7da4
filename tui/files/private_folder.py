"""Creates folders that only the user can enter."""

from __future__ import annotations

from pathlib import Path

PRIVATE_MODE = 0o700


def make_private_folder(folder: Path) -> Path:
    """Create a folder and its missing parents with mode 0700; return it.

    Existing folders keep their mode: they may be shared on purpose.

    Raises:
        OSError: it cannot be created, or is not a folder.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        try:
            each.mkdir(mode=PRIVATE_MODE)
        except FileExistsError:
            continue  # another process has just created it
        # The umask reduces the mode given to mkdir and may deny the user their own folder.
        each.chmod(PRIVATE_MODE)
    folder.mkdir(mode=PRIVATE_MODE, exist_ok=True)
    return folder
