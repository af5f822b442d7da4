"""A file appears under its name when it is whole and on disk, and not before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from .fields import ExportRefused

PART = ".part"


def part_of(target: Path) -> Path:
    """Where a file grows until it is whole."""
    return target.with_name(target.name + PART)


def place(part: Path, target: Path) -> None:
    """Give a finished part its name, in one step that survives a loss of power."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    with suppress(OSError):  # Not every system lets a folder be opened; the file itself is on disk.
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def written(target: Path) -> Iterator[TextIO]:
    """Write text to a file, readable by the user only, that appears when the block ends well.

    Raises:
        ExportRefused: the disk is full, or the place cannot be written; the old file is as it was.
    """
    part = part_of(target)
    try:
        with (
            open_part(part, keep=False) as descriptor,
            os.fdopen(os.dup(descriptor), "w", encoding="utf-8", newline="") as out,
        ):
            yield out
        place(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise not_written(target, error) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def open_part(part: Path, *, keep: bool) -> Iterator[int]:
    """The descriptor of a part, readable by the user only; what it holds already is kept if asked."""
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(part, flags | (0 if keep else os.O_TRUNC), 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def not_written(target: Path, error: OSError) -> ExportRefused:
    """What a failure of the disk means to the user."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ExportRefused(
            f"the disk is full; {target} is as it was", hint="Make room and try again: it goes on from here."
        )
    return ExportRefused(
        f"{target} cannot be written: {error.strerror or error}", hint="Choose another place."
    )
