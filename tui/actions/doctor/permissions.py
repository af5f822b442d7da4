"""Whether other users can read a file or folder, by its mode and those of the folders above."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 2_000
"""Entries of a folder that are checked."""


@dataclass(frozen=True, slots=True)
class Access:
    """The access rights of one path. ``mode`` are its nine permission bits.

    ``reachable``: others get to it, as far as the folders above it decide. ``mine``: it belongs to the user
    who runs this. Access lists beyond the mode are not looked at.
    """

    path: Path
    mode: int
    mine: bool
    folder: bool
    reachable: bool

    @property
    def open_by_mode(self) -> bool:
        """Whether its mode lets others read it (of a folder: see what is in it, or go through)."""
        return bool(self.mode & (0o077 if self.folder else 0o066))

    @property
    def read_by_others(self) -> bool:
        """Whether others can reach and read it."""
        return self.open_by_mode and self.reachable

    @property
    def octal(self) -> str:
        """The mode in octal: ``0700``."""
        return f"{self.mode:04o}"


def access_to(path: Path) -> Access | None:
    """The access rights of a path; ``None`` if it does not exist or cannot be inspected."""
    return _access(path, reachable=_is_reachable(path))


def replaceable_by_others(path: Path) -> Path | None:
    """The nearest folder above in which another user can replace this path.

    In a folder with the sticky bit, such as ``/tmp``, only the owner of an entry can do that.
    """
    for above in path.absolute().parents:
        try:
            mode = above.stat().st_mode
        except OSError:
            continue  # not there yet: it will be made private
        if mode & 0o022 and not mode & stat.S_ISVTX and _is_reachable(above / "any"):
            return above
    return None


def inside(folder: Path) -> Iterator[Access]:
    """Every file and folder below a folder, at most ``MOST_FILES``; links are not followed."""
    taken = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        reachable = _is_reachable(Path(root, "any"))
        for name in (*folders, *sorted(files)):
            path = Path(root, name)
            found = None if path.is_symlink() else _access(path, reachable=reachable)
            if found is not None:
                yield found
            taken += 1
            if taken == MOST_FILES:
                return


def _access(path: Path, *, reachable: bool) -> Access | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return Access(
        path=path,
        mode=stat.S_IMODE(found.st_mode) & 0o777,
        mine=found.st_uid == os.getuid(),
        folder=stat.S_ISDIR(found.st_mode),
        reachable=reachable,
    )


def _is_reachable(path: Path) -> bool:
    """Whether the folders above let other users through."""
    for above in path.absolute().parents:
        try:
            if not above.stat().st_mode & 0o011:
                return False
        except OSError:
            return False
    return True
