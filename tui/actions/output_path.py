"""Whether a file can be written where the user wants it, seen before anything is asked of the service."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from .verb import InputError

STANDARD_OUTPUT = "-"


def check_output_path(path: Path, *, argument: str | None = None, must_be_new: bool = False) -> None:
    """Check the folder, the permissions and what is there already.

    Nothing is created: the disk may still be full when the file is written.

    Args:
        path: the file to be written.
        argument: the name of the verb's argument, for the error.
        must_be_new: whether a file that exists is an error.

    Raises:
        InputError: the file cannot be written there.
    """
    if str(path) == STANDARD_OUTPUT:
        return
    if reason := _reason_against(path, must_be_new=must_be_new):
        raise InputError(reason, argument=argument)


def _reason_against(path: Path, *, must_be_new: bool) -> str:
    try:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.stat()
        folder = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
        if path.is_dir():
            return f"{path} is a folder; name a file in it"
        if must_be_new and (path.exists() or path.is_symlink()):
            return f"{path} exists; name a file that does not"
        if not folder.is_dir():
            return f"there is no folder {folder}; make it first"
        if not os.access(path if path.exists() else folder, os.W_OK):
            return f"{path} cannot be written; choose another file"
    except (OSError, ValueError) as error:  # A name too long, a NUL in it, a circle of symbolic links.
        return f"{path} cannot be written: {getattr(error, 'strerror', None) or error}"
    return ""
