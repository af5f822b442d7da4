"""Who can read a file or folder beside its owner: by its own mode, and by whether the way to it is open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 2_000
"""Entries of a folder that are looked at."""


@dataclass(frozen=True, slots=True)
class Access:
    """What the file system says of one path. ``mode`` are its nine permission bits.

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
        """Whether others really can."""
        return self.open_by_mode and self.reachable

    @property
    def octal(self) -> str:
        """The mode as it is written: ``0700``."""
        return f"{self.mode:04o}"


def access_to(path: Path) -> Access | None:
    """How a path may be accessed; ``None`` when there is nothing, or it cannot be seen."""
    return _access(path, reachable=_is_reachable(path))


def replaceable_by_others(path: Path) -> Path | None:
    """The nearest folder above in which somebody else can put another thing in the place of this one.

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
    """Whether the folders above let anybody but the owner through."""
    for above in path.absolute().parents:
        try:
            if not above.stat().st_mode & 0o011:
                return False
        except OSError:
            return False
    return True
